import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Capability, manifestCapabilities } from "../../../model/index.ts";
import { api, manifest } from "./manifest.ts";

const short = ({ component, via, profile, kind, value }: Capability): string =>
  [component, via, profile, kind, value].filter((it) => it !== undefined).join(" | ");

const everything = [
  'allowed_outbound_hosts = ["https://a.example"]',
  'allowed_http_hosts = ["b.example"]',
  'key_value_stores = ["default"]',
  'sqlite_databases = ["orders"]',
  'ai_models = ["llama2-chat"]',
  'files = ["static/*", { source = "assets", destination = "/assets" }]',
  'variables = { token = "{{ api_token }}" }',
  'environment = { MODE = "canary-value" }',
];
const rights = [
  "ai-model | llama2-chat",
  "environment | MODE",
  "file | assets",
  "file | static/*",
  "key-value-store | default",
  "outbound-host | http://b.example",
  "outbound-host | https://a.example",
  "outbound-host | https://b.example",
  "sqlite-database | orders",
  "variable | token",
];

describe("manifestCapabilities", () => {
  test("spin.md 5.1 to 5.6: lists each kind of right of a component, the deprecated hosts in today's words", () => {
    const found = manifestCapabilities(api(...everything)).map(short);
    expect(found).toEqual([...rights, "route | /"].map((it) => `api | ${it}`).toSorted());
  });

  test("is the same for any order, and for what is said twice", () => {
    const [one, other] = [
      api('allowed_outbound_hosts = ["https://a.example", " https://b.example ", "https://a.example"]'),
      api('allowed_outbound_hosts = ["https://b.example", "https://a.example"]'),
    ];
    expect(manifestCapabilities(one)).toEqual(manifestCapabilities(other));
  });

  test("says which variables are secret, and where files go and what they are without", () => {
    const found = manifestCapabilities(
      manifest(
        "[variables]",
        "api_token = { required = true, secret = true }",
        "[component.api]",
        'source = "api.wasm"',
        'exclude_files = ["b", "a"]',
        'files = [{ source = "x", destination = "/y" }]',
        'variables = { token = "Bearer {{ api_token }}" }',
      ),
    );
    expect(found).toContainEqual({
      component: "api",
      kind: "variable",
      value: "token",
      template: "Bearer {{ api_token }}",
      secret: true,
    });
    expect(found).toContainEqual({
      component: "api",
      kind: "file",
      value: "x",
      destination: "/y",
      without: ["a", "b"],
    });
  });

  test("never tells the value of an environment variable", () => {
    expect(JSON.stringify(manifestCapabilities(api(...everything)))).not.toContain("canary-value");
  });
});

describe("dependencies", () => {
  const of = (inherit: string, ...settings: string[]): string[] =>
    manifestCapabilities(
      api(
        ...everything,
        ...settings,
        "[component.api.dependencies]",
        `"x:auth/check" = { path = "a.wasm"${inherit} }`,
      ),
    )
      .filter(({ via }) => via !== undefined)
      .map(short);

  test("spin.md 1.11: inherit nothing by default", () => {
    expect(of("")).toEqual([]);
    expect(of(", inherit_configuration = false")).toEqual([]);
  });

  test.each([
    ["inherit_configuration = true", ", inherit_configuration = true", []],
    ["dependencies_inherit_configuration", "", ["dependencies_inherit_configuration = true"]],
  ])("spin.md 1.11: with %s have all that the parent has", (_what, inherit, settings) => {
    expect(of(inherit, ...settings)).toEqual(rights.map((it) => `api | x:auth/check | ${it}`));
  });

  test.each([
    ["ai_models", ["ai-model | llama2-chat"]],
    ["allowed_outbound_hosts", rights.filter((it) => it.startsWith("outbound-host"))],
    ["environment", ["environment | MODE"]],
    ["files", ["file | assets", "file | static/*"]],
    ["key_value_stores", ["key-value-store | default"]],
    ["sqlite_databases", ["sqlite-database | orders"]],
    ["variables", ["variable | token"]],
    ["no_such_kind", []],
    ["__proto__", []],
  ])("spin.md 1.11: with the list of %s have that kind alone", (kind, expected) => {
    expect(of(`, inherit_configuration = ["${kind}"]`)).toEqual(
      expected.map((it) => `api | x:auth/check | ${it}`),
    );
  });

  test("spin.md 1.5.1 and 5.7: HTTP middleware has what it inherits of the component that it stands before", () => {
    const found = manifestCapabilities(
      manifest(
        "[[trigger.http]]",
        'route = "/..."',
        'component = "api"',
        "[trigger.http.dependencies]",
        'middleware = [{ component = "auth", inherit_configuration = ["key_value_stores"] }, { path = "log.wasm" }]',
        "[component.api]",
        'source = "api.wasm"',
        'key_value_stores = ["sessions"]',
        "[component.auth]",
        'source = "auth.wasm"',
      ),
    ).map(short);
    expect(found).toContain("api | middleware component auth | key-value-store | sessions");
    expect(found.filter((it) => it.includes("log.wasm"))).toEqual([]);
  });
});

describe("reach", () => {
  test("public and private routes, static responses, components in triggers and other triggers are listed", () => {
    const found = manifestCapabilities(
      manifest(
        '[[trigger.http]]\nroute = "/users/"\ncomponent = "api"',
        '[[trigger.http]]\nroute = { private = true }\ncomponent = "api"',
        '[[trigger.http]]\nroute = "/health"\nstatic_response = { body = "ok" }',
        '[[trigger.http]]\nid = "in"\nroute = "/in"\ncomponent = { source = "in.wasm" }',
        '[[trigger.redis]]\naddress = "redis://user:canary-value@r.example"\nchannel = "orders"\ncomponent = "api"',
        '[component.api]\nsource = "api.wasm"',
      ),
    );
    expect(found.map(short)).toEqual([
      " | route | /health",
      "api | route | /users",
      "api | route | private",
      "api | trigger | redis orders",
      "in-component | route | /in",
    ]);
    expect(JSON.stringify(found)).not.toContain("canary-value");
  });
});

test("spin.md 1.12: what only a profile adds is listed with its name", () => {
  const found = manifestCapabilities(
    api(
      'key_value_stores = ["default"]',
      "[component.api.profile.debug]",
      'environment = { LOG = "all" }',
      'dependencies = { "x:trace/t" = { path = "t.wasm", inherit_configuration = true } }',
    ),
  ).map(short);
  expect(found).toEqual([
    "api | key-value-store | default",
    "api | route | /",
    "api | debug | environment | LOG",
    "api | x:trace/t | debug | environment | LOG",
    "api | x:trace/t | debug | key-value-store | default",
  ]);
});

test("what makes no sense is listed as it is written, and nothing throws", () => {
  const odd = api(
    'allowed_outbound_hosts = ["", "nonsense", "{{ open"]',
    'allowed_http_hosts = ["ftp://x/y"]',
    'variables = { a = "{{ open" }',
    "[component.api.dependencies]",
    '"??" = { component = "nobody", inherit_configuration = true }',
  );
  const hosts = manifestCapabilities(odd).filter(({ kind, via }) => kind === "outbound-host" && !via);
  expect(hosts.map(({ value }) => value)).toEqual(["", "ftp://x/y", "nonsense", "{{ open"]);
  const texts = fc.array(fc.string(), { maxLength: 4 });
  fc.assert(
    fc.property(texts, texts, fc.dictionary(fc.string(), fc.string()), (hosts, files, variables) => {
      const component = { source: "a.wasm", allowed_outbound_hosts: hosts, files, variables };
      const data = { ...odd, component: { api: component } };
      expect(Array.isArray(manifestCapabilities(data))).toBe(true);
    }),
  );
});
