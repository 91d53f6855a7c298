/** spin.md 1.1, 1.14: manifests of version 1. */
import { describe, expect, test } from "@jest/globals";
import { parseManifest, synthesize, validateManifest } from "../../../../model/index.ts";
import { v1ShapeIssues } from "../../../../model/manifest/v1/index.ts";

const minimal = `spin_version = "1"
name = "old"
trigger = { type = "http", base = "/" }
[[component]]
id = "My_App"
source = "app.wasm"
[component.trigger]
route = "/..."`;

describe("1.1: the version", () => {
  test.each(['spin_manifest_version = "1"', 'spin_version = "1"'])("%s selects version 1", (line) => {
    expect(parseManifest(minimal.replace('spin_version = "1"', line)).application.name).toBe("old");
  });

  test.each(["1", '"2"', "3", "true"])("%s is no version", (version) => {
    const text = minimal.replace('"1"', version);
    expect(() => parseManifest(text)).toThrow(expect.objectContaining({ code: "ERR_SPIN_MANIFEST_VERSION" }));
  });

  test("a misspelt key is named", () => {
    expect(() => parseManifest("spin_manifest_verison = 2")).toThrow(
      expect.objectContaining({ hint: 'Did you mean "spin_manifest_version" by "spin_manifest_verison"?' }),
    );
  });
});

describe("1.1: spin_version is another name of spin_manifest_version", () => {
  test("so both at once are refused", () => {
    expect(() => parseManifest(`spin_manifest_version = "1"\n${minimal}`)).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_MANIFEST_KEY", path: "spin_version" }),
    );
  });

  test("but not in version 2", () => {
    const text = 'spin_version = 2\n[application]\nname = "a"\n[trigger]\n';
    expect(() => parseManifest(text)).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_MANIFEST_KEY", path: "spin_version" }),
    );
  });
});

describe("1.14: version 1 becomes version 2", () => {
  test("triggers take their component's name, settings of the type move to the application", () => {
    expect(parseManifest(minimal)).toEqual({
      spin_manifest_version: 2,
      application: { name: "old", trigger: { http: { base: "/" } } },
      trigger: { http: [{ id: "trigger-my-app", component: "my-app", route: "/..." }] },
      component: {
        "my-app": {
          source: "app.wasm",
          allowed_outbound_hosts: ["redis://*:*", "mysql://*:*", "postgres://*:*"],
        },
      },
    });
  });

  const withLines = (lines: string) =>
    minimal.replace("[component.trigger]", `${lines}\n[component.trigger]`);
  const hostsOf = (lines: string) =>
    parseManifest(withLines(lines)).component?.["my-app"]?.allowed_outbound_hosts;

  test("allowed_http_hosts follow the databases, which stay open", () => {
    expect(hostsOf('allowed_http_hosts = ["a.test"]')).toEqual([
      "redis://*:*",
      "mysql://*:*",
      "postgres://*:*",
      "http://a.test",
      "https://a.test",
    ]);
  });

  test("allowed_outbound_hosts close the databases, also when they are empty", () => {
    expect(hostsOf('allowed_outbound_hosts = ["redis://r"]\nallowed_http_hosts = ["self"]')).toEqual([
      "redis://r",
      "http://self",
    ]);
    expect(hostsOf("allowed_outbound_hosts = []")).toBeUndefined();
  });

  test("config becomes variables", () => {
    const { variables } = parseManifest(withLines('config = { a = "{{ b }}" }')).component?.["my-app"] ?? {};
    expect(variables).toEqual({ a: "{{ b }}" });
  });

  test("of equal ids the last definition wins, and both triggers stay", () => {
    const twice = `${minimal}\n[[component]]\nid = "my-app"\nsource = "two.wasm"\n[component.trigger]\nroute = "/two"`;
    const { component, trigger } = parseManifest(twice);
    expect(component?.["my-app"]?.source).toBe("two.wasm");
    expect(trigger["http"]?.map(({ route }) => route)).toEqual(["/...", "/two"]);
  });

  test("of equal ids validateManifest says so, by the triggers that share their name", () => {
    const twice = `${minimal}\n[[component]]\nid = "my-app"\nsource = "two.wasm"\n[component.trigger]\nroute = "/two"`;
    expect(validateManifest(parseManifest(twice))).toContainEqual(
      expect.objectContaining({
        code: "ERR_SPIN_TRIGGER_ID",
        path: "trigger.http[1].id",
        message: 'The trigger id "trigger-my-app" is already taken by trigger.http[0].',
      }),
    );
  });

  test.each([
    ["snake_case", "snake-case"],
    ["mixedCase", "mixedcase"],
    ["With_Both", "with-both"],
    ["fine-already", "fine-already"],
    ["LOUD-words", "LOUD-words"],
    ["two_LOUD", "two-loud"],
  ])("the id %s becomes %s", (from, to) => {
    const { component, trigger } = parseManifest(minimal.replace("My_App", from));
    expect(Object.keys(component ?? {})).toEqual([to]);
    expect(trigger["http"]).toEqual([{ id: `trigger-${to}`, component: to, route: "/..." }]);
  });

  test("an id that stays wrong is left to validateManifest", () => {
    const manifest = parseManifest(minimal.replace("My_App", "app_2"));
    expect(validateManifest(manifest)).toContainEqual(
      expect.objectContaining({ code: "ERR_SPIN_COMPONENT_ID", path: "component.app-2" }),
    );
  });

  test("an application without components has no triggers", () => {
    expect(parseManifest('spin_version = "1"\nname = "old"\ntrigger = { type = "redis" }')).toEqual({
      spin_manifest_version: 2,
      application: { name: "old", trigger: { redis: {} } },
      trigger: {},
    });
  });

  test("name, version, description and authors move to the application; variables stay", () => {
    const about =
      'version = "1.2.3"\ndescription = "d"\nauthors = ["a"]\nvariables = { v = { default = "x" } }\n';
    const { application, variables } = parseManifest(`${about}${minimal}`);
    expect(application).toMatchObject({ name: "old", version: "1.2.3", description: "d", authors: ["a"] });
    expect(variables).toEqual({ v: { default: "x" } });
  });

  test("everything else of a component stays", () => {
    const lines = `description = "d"
environment = { KEY = "value" }
files = ["a/*", { source = "assets", destination = "/" }]
exclude_files = ["a/b"]
key_value_stores = ["default"]
sqlite_databases = ["default"]
ai_models = ["m"]
build = { command = "make", workdir = "w", watch = ["src/*"] }`;
    expect(parseManifest(withLines(lines)).component?.["my-app"]).toMatchObject({
      description: "d",
      environment: { KEY: "value" },
      files: ["a/*", { source: "assets", destination: "/" }],
      exclude_files: ["a/b"],
      key_value_stores: ["default"],
      sqlite_databases: ["default"],
      ai_models: ["m"],
      build: { command: "make", workdir: "w", watch: ["src/*"] },
    });
  });

  test("settings of a component's trigger stay, but for a component of their own", () => {
    const text = minimal.replace('route = "/..."', 'channel = "c"\ncomponent = "other"');
    expect(parseManifest(text).trigger["http"]).toEqual([
      { id: "trigger-my-app", component: "my-app", channel: "c" },
    ]);
  });

  test.each(["id", "components", "dependencies"])("a trigger's %s would change its meaning", (key) => {
    const issues = v1ShapeIssues({
      spin_version: "1",
      name: "old",
      trigger: { type: "http" },
      component: [{ id: "a", source: "a.wasm", trigger: { [key]: "x" } }],
    });
    expect(issues).toMatchObject([
      { code: "ERR_SPIN_MANIFEST_KEY", path: `component[0].trigger.${key}`, severity: "error" },
    ]);
  });

  test("keys of objects are settings like any other, and change no prototype", () => {
    const text = minimal
      .replace('base = "/"', "__proto__ = { polluted = true }, constructor = 1")
      .replace('route = "/..."', "__proto__ = { polluted = true }");
    const { application, trigger } = parseManifest(text);
    expect(Object.keys(application.trigger?.["http"] ?? {})).toEqual(["__proto__", "constructor"]);
    expect(Object.keys(trigger["http"]?.[0] ?? {})).toEqual(["id", "component", "__proto__"]);
    expect(trigger["http"]?.[0]?.["polluted"]).toBeUndefined();
    expect(Object.keys(parseManifest(minimal.replace('"http"', '"__proto__"')).trigger)).toEqual([
      "__proto__",
    ]);
  });

  test.each(["a.test/path", "ftp://a.test"])("the old host %s is refused", (host) => {
    expect(() => parseManifest(withLines(`allowed_http_hosts = ["${host}"]`))).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_ALLOWED_HOST" }),
    );
  });

  test("what it becomes is read back from its text", () => {
    const manifest = parseManifest(minimal);
    expect(parseManifest(synthesize(manifest))).toEqual(manifest);
  });

  test.each([
    ['id = "My_App"\n', "", "ERR_SPIN_MANIFEST_MISSING"],
    ['name = "old"', 'nmae = "old"', "ERR_SPIN_MANIFEST_KEY"],
    ['source = "app.wasm"', "source = 1", "ERR_SPIN_MANIFEST_TYPE"],
    ['source = "app.wasm"', 'source = { url = "https://a.test" }', "ERR_SPIN_MANIFEST_MISSING"],
    ['source = "app.wasm"', 'source = "app.wasm"\nvariables = {}', "ERR_SPIN_MANIFEST_KEY"],
    ['type = "http", ', "", "ERR_SPIN_MANIFEST_MISSING"],
    ["[component.trigger]", "[component.triggers]", "ERR_SPIN_MANIFEST_KEY"],
  ])("shape: %j → %j is %s", (from, to, code) => {
    expect(() => parseManifest(minimal.replace(from, to))).toThrow(expect.objectContaining({ code }));
  });
});
