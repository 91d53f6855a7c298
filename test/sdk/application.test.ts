import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseManifest } from "../../model/manifest/index.ts";
import { Application, type ApplicationArgs, HostDeployment } from "../../sdk/index.ts";
import { runStack, type TestStack } from "../../sdk/testing/index.ts";

jest.setTimeout(30_000);

const toml = `spin_manifest_version = 2

[application]
name = "shop"
version = "1.2.3"

[variables]
region = { default = "eu" }
token = { required = true, secret = true }

[[trigger.http]]
route = "/api/..."
component = "api"

[[trigger.http]]
route = { private = true }
component = "api"

[[trigger.http]]
id = "greeting"
route = "/hello"
static_response = { body = "hello" }

[component.api]
source = "api.wasm"
variables = { region = "{{ region }}" }
files = [{ source = "assets", destination = "/" }]
allowed_outbound_hosts = ["https://api.example.com"]
key_value_stores = ["default"]

[component.api.build]
command = "make"
workdir = "src"
watch = ["*.c"]
`;

const former = process.cwd();
const folder = mkdtempSync(join(tmpdir(), "application-"));
beforeAll(() => {
  mkdirSync(join(folder, "app", "src"), { recursive: true });
  mkdirSync(join(folder, "app", "assets"));
  writeFileSync(join(folder, "app", "spin.toml"), toml);
  writeFileSync(join(folder, "app", "api.wasm"), Buffer.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]));
  writeFileSync(join(folder, "app", "src", "api.c"), "");
  process.chdir(join(folder, "app"));
});
afterAll(() => {
  process.chdir(former);
  rmSync(folder, { recursive: true });
});

const names = (stack: TestStack): string[] =>
  stack.resources.map(({ type, name }) => `${type} ${name}`).sort();
const declare = (args: ApplicationArgs): Promise<TestStack> =>
  runStack(() => {
    const { manifest, definition } = new Application("shop", args);
    return { manifest, definition };
  });

describe("an application as one nested object", () => {
  test("is resources below it, of which each says what it is", async () => {
    const stack = await declare({
      variables: { region: { default: "eu" } },
      components: {
        api: { source: "api.wasm", keyValueStores: ["default"], reason: "counts", environment: { A: "b" } },
        quiet: { source: "api.wasm" },
      },
      routes: [
        { route: "/api/...", component: "api" },
        { route: "/quiet", component: "quiet" },
      ],
      triggers: [],
    });
    expect(names(stack)).toEqual([
      "App shop",
      "CapabilityGrant shop-api",
      "Component shop-api",
      "Component shop-quiet",
      "Route shop-/api/...",
      "Route shop-/quiet",
      "Variable shop-region",
      "spin:index:Application shop",
    ]);
    expect(stack.get("CapabilityGrant").inputs).toMatchObject({
      keyValueStores: ["default"],
      reason: "counts",
    });
    expect(stack.get("Component", "shop-api").inputs).toMatchObject({
      componentId: "api",
      environment: { A: "b" },
    });
    expect(stack.get("Component", "shop-api").inputs).not.toHaveProperty("keyValueStores");
    expect(stack.outputs["definition"]).toMatchObject({
      name: "shop",
      components: [{ id: "api" }, { id: "quiet" }],
    });
  });

  test("is refused with the failures of all its resources", async () => {
    const broken = declare({
      components: { api: { source: "api.wasm", allowedOutboundHosts: ["nonsense"] } },
      variables: { "Bad name": { default: "x" } },
    });
    await expect(broken).rejects.toThrow(/CapabilityGrant "shop-api".*Variable "shop-Bad name"/s);
  });

  test("is taken by a deployment as it is", async () => {
    const stack = await runStack(() => {
      const shop = new Application("shop", { routes: [{ route: "/...", staticResponse: { body: "hi" } }] });
      return { url: new HostDeployment("local", { app: shop, listen: "127.0.0.1:3000" }).url };
    });
    expect(stack.outputs).toEqual({ url: "http://127.0.0.1:3000/" });
  });
});

describe("an application from its spin.toml", () => {
  test("has that manifest again, and can be altered before", async () => {
    const stack = await runStack(() => ({ manifest: Application.fromManifest("spin.toml").manifest }));
    expect(parseManifest(String(stack.outputs["manifest"]))).toEqual(parseManifest(toml));
    expect(names(stack)).toContain("CapabilityGrant shop-api");
    const altered = await runStack(() => {
      const change = (args: ApplicationArgs): ApplicationArgs => ({ ...args, version: "2.0.0" });
      return { manifest: Application.fromManifest("spin.toml", { change }).manifest };
    });
    expect(altered.outputs["manifest"]).toContain('version = "2.0.0"');
  });

  test("of another folder has its paths from there", async () => {
    process.chdir(folder);
    const stack = await runStack(() => void Application.fromManifest("app/spin.toml"));
    expect(stack.get("Component").inputs).toMatchObject({
      source: "app/api.wasm",
      build: { workdir: "app/src" },
    });
    expect(stack.get("CapabilityGrant").inputs["files"]).toEqual([
      { source: "app/assets", destination: "/" },
    ]);
    writeFileSync("app/pattern.toml", toml.replace(/files = .*/, 'files = ["assets/*"]'));
    expect(() => Application.fromManifest("app/pattern.toml")).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_APPLICATION_FILES" }),
    );
    process.chdir("app");
  });

  test("that is wrong, or not there, is an error with every place", () => {
    writeFileSync(
      "broken.toml",
      toml.replace('"/hello"', '"hello"').replace("version = 2", "version = 2\nnope = 1"),
    );
    expect(() => Application.fromManifest("broken.toml")).toThrow(/broken\.toml:2:1: /);
    expect(() => Application.fromManifest("gone.toml")).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_MANIFEST_FILE" }),
    );
  });
});
