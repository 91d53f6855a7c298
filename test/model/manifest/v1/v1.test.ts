/** spin.md 1.1, 1.14: manifests of version 1. */
import { describe, expect, test } from "@jest/globals";
import { bareWasm, parseManifest, synthesize } from "../../../../model/index.ts";

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

  test("what it becomes is read back from its text", () => {
    const manifest = parseManifest(minimal);
    expect(parseManifest(synthesize(manifest))).toEqual(manifest);
  });

  test.each([
    ['id = "My_App"\n', "", "ERR_SPIN_MANIFEST_MISSING"],
    ['name = "old"', 'nmae = "old"', "ERR_SPIN_MANIFEST_KEY"],
    ['source = "app.wasm"', "source = 1", "ERR_SPIN_MANIFEST_TYPE"],
  ])("shape: %j → %j is %s", (from, to, code) => {
    expect(() => parseManifest(minimal.replace(from, to))).toThrow(expect.objectContaining({ code }));
  });
});

test("1.15: a bare binary answers all paths and has no authority", () => {
  expect(bareWasm("hello", "out/hello.wasm")).toEqual({
    spin_manifest_version: 2,
    application: { name: "hello" },
    trigger: { http: [{ route: "/...", component: { source: "out/hello.wasm" } }] },
  });
});
