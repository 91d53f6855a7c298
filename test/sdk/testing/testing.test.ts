import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { Component, Route, Variable } from "../../../sdk/index.ts";
import {
  assertGrants,
  grantsOf,
  runApp,
  runStack,
  type TestApp,
  type TestStack,
} from "../../../sdk/testing/index.ts";
import { guestComponent } from "../../runtime/component/guest/index.ts";
import { shop } from "./shop.ts";

// Pulumi loads a compiler to serialize the first dynamic resource, and a component takes seconds to load.
jest.setTimeout(60_000);

const projectDir = fileURLToPath(new URL("../../../examples/quickstart/components/stats/", import.meta.url));
const options = {
  projectDir,
  config: { listen: "127.0.0.1:3000", token: "open-sesame" },
  secrets: ["token"],
};

describe("a stack", () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await runStack(() => shop({ source: "stats.wasm" }), options);
  });

  test("has the outputs that the provider gives without deploying", () => {
    expect(stack.outputs).toEqual({ url: "http://127.0.0.1:3000/" });
    expect(stack.get("HostDeployment").outputs).toMatchObject({ status: "running", name: "shop" });
  });

  test("has every resource, by type and name, with its inputs in plain text", () => {
    expect(stack.resources.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      "App shop",
      "CapabilityGrant needs",
      "Component stats",
      "HostDeployment local",
      "Route about",
      "Route stats",
      "Variable token",
    ]);
    expect(stack.get("HostDeployment").inputs["variables"]).toEqual({ token: "open-sesame" });
    expect(stack.get("Route", "about").inputs).toMatchObject({ route: "/about" });
  });

  test("says what is there when what was asked for is not, or not alone", () => {
    expect(() => stack.get("Route")).toThrow(/one resource Route and found 2\. .* Route "stats"/);
    expect(() => stack.app("other")).toThrow('one resource App "other" and found 0');
  });

  test("has the definition of its app, inspected binary included", () => {
    expect(stack.app().components[0]?.imports).toContain("fermyon:spin/key-value@2.0.0");
    expect(stack.app().digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe("a program with mistakes", () => {
  test("fails with all of them, and where they are", async () => {
    const failing = runStack(() => {
      void new Variable("both", { default: "x", required: true });
      void new Route("nowhere", { route: "/a/.../b", component: "api" });
    }, options);
    await expect(failing).rejects.toThrow(/^Route "nowhere": route: .*\nVariable "both": /);
  });

  test("fails for a secret where it would end up in plain text", async () => {
    const failing = runStack(
      () => void new Component("leak", { source: "stats.wasm", environment: { KEY: pulumi.secret("x") } }),
      options,
    );
    await expect(failing).rejects.toThrow("ERR_SPIN_INPUT_SECRET");
  });
});

describe("resources of other packages", () => {
  test("answer with their inputs, or as the test says", async () => {
    class Bucket extends pulumi.CustomResource {
      declare readonly arn: pulumi.Output<string>;
      constructor(name: string) {
        super("aws:s3/bucket:Bucket", name, { arn: undefined });
      }
    }
    const program = () => ({ arn: new Bucket("files").arn });
    const stack = await runStack(program, {
      mocks: { newResource: ({ name }) => ({ id: name, state: { arn: `arn:${name}` } }) },
    });
    expect(stack.outputs).toEqual({ arn: "arn:files" });
    expect((await runStack(program)).get("aws:s3/bucket:Bucket", "files")).toBeDefined();
  });
});

describe("a component that is not built", () => {
  test("is declared with its grants, and its app cannot run", async () => {
    const source = { url: "https://example.com/never-fetched.wasm", digest: `sha256:${"0".repeat(64)}` };
    const stack = await runStack(() => {
      void shop({ source: source as never });
    }, options);
    expect(grantsOf(stack.app())).toEqual({ stats: ["key-value-store default"] });
    await expect(runApp(stack.app())).rejects.toMatchObject({ code: "ERR_SPIN_COMPONENT_MISSING" });
  });
});

describe("assertGrants", () => {
  const app = {
    components: [
      component("api", { allowedOutboundHosts: ["https://api.example.com"], keyValueStores: ["default"] }),
      component("idle", {}),
    ],
  };

  test("passes when the grants are those, in any order", () => {
    assertGrants(app, { api: ["outbound-host https://api.example.com", "key-value-store default"] });
  });

  test("fails with what is granted and was not expected", () => {
    expect(() => assertGrants(app, { api: ["key-value-store default"] })).toThrow(
      /outbound-host https:\/\/api\.example\.com/,
    );
    expect(() => assertGrants(app, { api: grantsOf(app)["api"] ?? [], idle: ["ai-model llama"] })).toThrow();
    expect(() => assertGrants(app, { ...grantsOf(app), gone: [] })).toThrow("gone");
  });

  function component(id: string, grant: object): TestStackComponent {
    const none = { allowedOutboundHosts: [], keyValueStores: [], sqliteDatabases: [], aiModels: [] };
    return { id, grants: [{ ...none, files: [], variables: {}, ...grant }] } as never;
  }
  type TestStackComponent = ReturnType<TestStack["app"]>["components"][number];
});

describe("an app in the test's process", () => {
  let app: TestApp;
  const asked: string[] = [];

  beforeAll(async () => {
    const project = mkdtempSync(join(tmpdir(), "project-"));
    copyFileSync(guestComponent(), join(project, "guest.wasm"));
    const stack = await runStack(
      () => shop({ source: "guest.wasm", route: "/...", allowedOutboundHosts: ["https://api.example.com"] }),
      { ...options, projectDir: project },
    );
    app = await runApp(stack.app(), {
      projectDir: project,
      variables: { token: "open-sesame" },
      outbound: async (request) => {
        asked.push(`${request.method} ${request.url} ${(await request.text()).length}`);
        return new Response("from the test", { status: 201, headers: { "x-fake": "yes" } });
      },
    });
  });
  afterAll(() => app.close());

  test("does what its grants say, and the test sees what it did", async () => {
    app.keyValueStore("default").set("visits", "41");
    expect(await get("/kv/default?visits")).toMatchObject({ count: 42 });
    expect(app.keyValueStore("default").get("visits")).toBe("42");
    expect(app.keyValueStore("default").keys()).toEqual(["visits"]);
    expect(app.keyValueStore("default").get("never")).toBeUndefined();
  });

  test("is answered by the test where it would reach the network", async () => {
    expect(await get("/post?https://api.example.com/x")).toMatchObject({
      status: 201,
      body: "from the test",
    });
    expect(asked).toEqual(["POST https://api.example.com/x 300000"]);
  });

  test("is refused what is not granted, and says so", async () => {
    await get("/out?https://elsewhere.example/");
    expect(asked).toHaveLength(1);
    expect(await app.denials()).toMatchObject([
      { component: "stats", target: "https://elsewhere.example:443", count: 1 },
    ]);
    expect(app.logs()).toContain('denied: component "stats"');
    expect(app.logs("stats")).toBe("");
  });

  test("fails to start with the host's own codes", async () => {
    const stack = await runStack(() => shop({ source: "stats.wasm" }), options);
    await expect(runApp(stack.app(), { projectDir })).rejects.toMatchObject({
      code: "ERR_SPIN_RUNTIME_VARIABLES",
      message: "No value for the required variable token.",
    });
  });

  async function get(path: string): Promise<unknown> {
    return (await app.fetch(path)).json();
  }

  test("answers requests to its routes", async () => {
    expect(await (await app.fetch("/about")).text()).toBe("A shop.");
    expect((await app.fetch(new Request("https://shop.example/about", { method: "POST" }))).status).toBe(200);
  });
});
