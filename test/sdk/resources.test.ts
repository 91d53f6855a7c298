import { beforeAll, describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { functions } from "../../provider/functions/index.ts";
import { resources } from "../../provider/resources/index.ts";

interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

interface Seen {
  registered: Registered[];
  logged: string[];
  exports: string[];
}

const program = fileURLToPath(new URL("register-all.ts", import.meta.url));
const sdk = fileURLToPath(new URL("../../sdk/index.ts", import.meta.url));
let up: Seen;
let preview: Seen;

beforeAll(() => {
  up = run();
  preview = run("preview");
}, 120_000);

/** In a process of its own: Pulumi keeps one program's state in globals. */
function run(...mode: string[]): Seen {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, sdk, ...mode], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Seen;
}

function inputsOf(name: string, { registered }: Seen = up): Record<string, unknown> {
  const { __provider, __call, ...inputs } = registered.find((it) => it.name === name)?.inputs ?? {};
  return inputs;
}

/** What is said besides the inputs. */
const callOf = ({ inputs }: Seen["registered"][number]) => inputs["__call"] as Record<string, unknown>;

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

test("the SDK has one class for each resource of the provider, and each function in its two forms", () => {
  const application = { token: "spin:index:Application" };
  const names = [
    application,
    ...resources,
    ...functions,
    ...functions.map(({ token }) => ({ token: `${token}Output` })),
  ];
  expect(up.exports.sort()).toEqual(names.map(({ token }) => token.split(":").at(-1)).sort());
});

describe("the type of a resource", () => {
  test("names this package and the resource", () => {
    expect(new Set(up.registered.map(({ type }) => type))).toEqual(
      new Set(resources.map(({ token }) => token.replace(/^spin:index:/, "pulumi-nodejs:dynamic/spin:"))),
    );
  });
});

describe("arguments become inputs", () => {
  test("with the resource's name for a variable, a component and an app that have none", () => {
    expect(inputsOf("greeting")).toMatchObject({ name: "greeting", default: "Hello" });
    expect(inputsOf("api")).toMatchObject({ componentId: "api" });
    expect(inputsOf("shop")).toMatchObject({ name: "shop" });
  });

  test("with the definitions of the resources that were passed", () => {
    expect(inputsOf("api")["grants"]).toEqual([{ of: "counter" }]);
    expect(inputsOf("shop")).toEqual({
      name: "shop",
      components: [{ of: "api" }],
      routes: [{ of: "count" }, { of: "named" }],
      triggers: [{ of: "orders" }, { of: "nightly" }],
      variables: [{ of: "greeting" }],
    });
    expect(inputsOf("local")).toMatchObject({ app: { of: "shop" } });
  });

  test("with the id of a component that a route was given, or the id itself", () => {
    expect(inputsOf("count")).toEqual({ route: "/count", component: "api" });
    expect(inputsOf("orders")).toEqual({ channel: "orders", component: "api" });
    expect(inputsOf("nightly")).toEqual({ type: "cron", components: { main: ["api", "other"] } });
    expect(inputsOf("named")).toEqual({
      private: true,
      component: "other",
      middleware: [{ component: "api" }, { component: "other" }, { path: "auth.wasm" }],
    });
    expect(inputsOf("parent")).toMatchObject({
      dependencies: { "a:b": "^1.0", "c:d": { component: "api" } },
      profiles: { debug: { dependencies: { "c:d": { component: "api", inheritConfiguration: true } } } },
    });
  });

  test("and secrets stay secrets", () => {
    expect(inputsOf("local")["variables"]).toEqual(secret({ token: "open-sesame" }));
    expect(inputsOf("hidden")).toEqual({ name: "hidden", default: secret("x") });
  });

  test("and only a resource with a secret among its inputs says that it has one", () => {
    const saying = up.registered.filter((it) => callOf(it)["secret"] === true).map(({ name }) => name);
    expect(saying.toSorted()).toEqual(["hidden", "local"]);
  });

  test("which fit the resource's definition, with nothing that it does not know", () => {
    for (const { type, inputs } of up.registered) {
      const definition = resources.find(({ token }) => type.endsWith(`:${token.split(":").at(-1)}`));
      const known = ["__provider", "__call", ...Object.keys(definition?.inputs.shape ?? {})];
      expect(Object.keys(inputs).filter((name) => !known.includes(name))).toEqual([]);
    }
  });

  test("and say in a preview, and there alone, that it is one", () => {
    expect(new Set(preview.registered.map((it) => callOf(it)["preview"]))).toEqual(new Set([true]));
    expect(new Set(up.registered.map((it) => callOf(it)["preview"]))).toEqual(new Set([undefined]));
  });
});

test("a warning of an app, for example of a dead grant, is logged", () => {
  expect(up.logged).toEqual([expect.stringContaining("keyValueStores: never used.")]);
});

describe("the provider's text, which is stored with every resource", () => {
  // Resources keep the text they were made with until they change. Never update the file: change the SDK back.
  const frozen = readFileSync(new URL("provider-text.txt", import.meta.url), "utf8");

  const kinds = resources.map(({ token }) => token.split(":").at(-1) ?? "");

  test.each(kinds)("is what it always was: %s", (kind) => {
    for (const { registered } of [up, preview]) {
      const texts = registered.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ inputs }) => inputs);
      expect(texts).not.toEqual([]);
      for (const { __provider } of texts) expect(__provider).toBe(frozen.replaceAll("KIND", kind));
    }
  });
});
