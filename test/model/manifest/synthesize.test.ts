import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "smol-toml";
import { type AppParts, manifestOf, parseManifest, synthesize } from "../../../model/index.ts";
import { arbitraryApp } from "./arbitrary-app.ts";

const schemaLine = "#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json";

/** What a reader of TOML gives: ordinary objects without members that are not there. */
/** Without members that are not set. By hand: JSON.parse of Node 24.21 mistakes keys with quotes in them. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, plain(member)]));
}

const shop: AppParts = {
  name: "shop",
  version: "1.2.0",
  description: 'Sells "things"',
  authors: ["A <a@example.com>"],
  variables: [
    { name: "greeting", default: "hi", required: false, secret: false, description: "Shown first." },
    { name: "token", required: true, secret: true },
  ],
  components: [
    {
      id: "api",
      description: "Answers",
      source: "api/dist/api.wasm",
      environment: { LOG: "info" },
      build: { command: ["npm", "run", "build api"], workdir: "api", watch: ["src/**/*.ts", "package.json"] },
      grants: [
        {
          allowedOutboundHosts: ["https://a.example", "https://b.example"],
          keyValueStores: ["default"],
          sqliteDatabases: [],
          aiModels: [],
          files: [{ source: "assets", destination: "/" }],
          variables: { text: "{{ greeting }}" },
        },
      ],
    },
  ],
  routes: [
    { route: "/...", component: "api" },
    { route: { private: true }, component: "api" },
    {
      route: "/robots.txt",
      staticResponse: { statusCode: 200, headers: { "content-type": "text/plain" }, body: "x\n" },
    },
  ],
};

test("the text of an app, as a person would have written it", () => {
  expect(synthesize(manifestOf(shop))).toBe(`${schemaLine}
spin_manifest_version = 2

[application]
name = "shop"
version = "1.2.0"
description = "Sells \\"things\\""
authors = ["A <a@example.com>"]

[variables]
greeting = { description = "Shown first.", default = "hi" }
token = { required = true, secret = true }

[[trigger.http]]
route = "/..."
component = "api"

[[trigger.http]]
route = { private = true }
component = "api"

[[trigger.http]]
route = "/robots.txt"
static_response = { status_code = 200, headers = { content-type = "text/plain" }, body = "x\\n" }

[component.api]
description = "Answers"
source = "api/dist/api.wasm"
variables = { text = "{{ greeting }}" }
environment = { LOG = "info" }
files = [{ source = "assets", destination = "/" }]
allowed_outbound_hosts = [
  "https://a.example",
  "https://b.example",
]
key_value_stores = ["default"]

[component.api.build]
command = "npm run 'build api'"
workdir = "api"
watch = [
  "src/**/*.ts",
  "package.json",
]
`);
});

test("an app of nothing but a name is what Spin reads", () => {
  const text = synthesize(
    manifestOf({ name: "a", version: "", authors: [], variables: [], components: [], routes: [] }),
  );
  expect(parseManifest(text)).toEqual({
    spin_manifest_version: 2,
    application: { name: "a" },
    trigger: { http: [] },
  });
});

describe("for any app", () => {
  test("the text begins with the schema line, then the version", () => {
    fc.assert(
      fc.property(arbitraryApp, (app) => {
        expect(synthesize(manifestOf(app)).split("\n").slice(0, 2)).toEqual([
          schemaLine,
          "spin_manifest_version = 2",
        ]);
      }),
    );
  });

  test("another reader of TOML reads the manifest back", () => {
    fc.assert(
      fc.property(arbitraryApp, (app) => {
        const manifest = manifestOf(app);
        expect(plain(parse(synthesize(manifest)))).toEqual(plain(manifest));
      }),
      { numRuns: 150 },
    );
  });

  test("parseManifest reads the manifest back", () => {
    fc.assert(
      fc.property(arbitraryApp, (app) => {
        const manifest = manifestOf(app);
        expect(plain(parseManifest(synthesize(manifest)))).toEqual(plain(manifest));
      }),
      { numRuns: 100 },
    );
  });

  test("writing what was read gives the same text", () => {
    fc.assert(
      fc.property(arbitraryApp, (app) => {
        const text = synthesize(manifestOf(app));
        expect(synthesize(parseManifest(text))).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  test("the order in which a component's grants come changes nothing", () => {
    const withoutRepeats = arbitraryApp.filter(({ components }) =>
      components.every(({ grants }) => {
        const names = grants.flatMap(({ variables }) => Object.keys(variables));
        return new Set(names).size === names.length && grants.every(({ files }) => files.length === 0);
      }),
    );
    fc.assert(
      fc.property(withoutRepeats, (app) => {
        const components = app.components.map((it) => ({ ...it, grants: it.grants.toReversed() }));
        expect(synthesize(manifestOf({ ...app, components }))).toBe(synthesize(manifestOf(app)));
      }),
    );
  });

  test("the order in which keys were set changes nothing", () => {
    fc.assert(
      fc.property(arbitraryApp, (app) => {
        const reversed = (value: object): Record<string, string> =>
          Object.fromEntries(Object.entries(value).toReversed());
        const components = app.components.map((it) => ({ ...it, environment: reversed(it.environment) }));
        expect(synthesize(manifestOf({ ...app, components }))).toBe(synthesize(manifestOf(app)));
      }),
    );
  });
});

describe("texts that TOML has to escape", () => {
  test.each([
    ["a quote", 'a"b'],
    ["a backslash", "a\\b"],
    ["what looks like an escape", "\\u0041"],
    ["NUL", "\0"],
    ["DEL", "\u007f"],
    ["a line break of another system", "a\r\nb"],
    ["three quotes", '"""'],
    ["a line separator", "\u2028"],
    ["a smiling face", "\u{1f600}"],
    ["a hash", "a # b"],
  ])("%s", (_what, text) => {
    const app = { ...shop, description: text, components: [], variables: [] };
    expect(parse(synthesize(manifestOf(app)))["application"]).toMatchObject({ description: text });
  });

  test("half of a character is replaced, since no TOML can hold it", () => {
    const app = { ...shop, description: "a\ud800b", components: [], variables: [] };
    expect(parse(synthesize(manifestOf(app)))["application"]).toMatchObject({ description: "a\ufffdb" });
  });
});
