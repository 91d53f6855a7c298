/** What Spin makes of a manifest before it loads it, and the identifiers that come of it. */
import { describe, expect, test } from "@jest/globals";
import { component, found, head, lock, normal, tables, trigger } from "./spin-toml.ts";

const ids = (text: string): string[] =>
  Object.values(normal(text).trigger).flatMap((list) => list.map(({ id }) => id));

describe("trigger ids", () => {
  test("1.8 step 1: <component>-<type>-trigger while it is free, else <type>-trigger<n>", () => {
    const route = (path: string) => `[[trigger.http]]\nroute = "${path}"\ncomponent = "web"\n`;
    expect(ids(tables(`${route("/a")}${route("/b")}${route("/c")}`))).toEqual([
      "web-http-trigger",
      "http-trigger1",
      "http-trigger2",
    ]);
  });

  test("1.8 step 1: what is taken is skipped, wherever it stands", () => {
    const text = tables(
      '[[trigger.http]]\nroute = "/a"\nstatic_response = {}\n[[trigger.http]]\nroute = "/b"\nid = "http-trigger1"\ncomponent = "web"',
    );
    expect(ids(text)).toEqual(["http-trigger2", "http-trigger1"]);
  });

  test("1.8 step 1: an empty id is none", () => {
    expect(ids(trigger('id = ""'))).toEqual(["web-http-trigger"]);
  });

  test("1.8 step 1: counting begins anew for each type", () => {
    const inline = (type: string) => `[[trigger.${type}]]\ncomponent = { source = "i.wasm" }\n`;
    expect(ids(`${head}${inline("cron")}${inline("sqs")}`)).toEqual(["cron-trigger1", "sqs-trigger1"]);
  });
});

describe("inline components", () => {
  test("1.8 step 2: <trigger id>-component for the only one of a trigger", () => {
    const text = `${head}[[trigger.cron]]\nid = "nightly"\ncomponent = { source = "i.wasm" }`;
    expect(Object.keys(normal(text).component)).toEqual(["nightly-component"]);
    expect(lock(text).triggers[0]?.trigger_config).toEqual({ component: "nightly-component" });
  });

  test("1.8 step 2: inline-component<n> where that is no id, or taken, or there are several", () => {
    const odd = `${head}[[trigger.cron]]\nid = "Nightly run"\ncomponent = { source = "i.wasm" }`;
    expect(Object.keys(normal(odd).component)).toEqual(["inline-component1"]);
    const taken = `${head}[[trigger.cron]]\nid = "a"\ncomponent = { source = "i.wasm" }\n[component.a-component]\nsource = "a.wasm"`;
    expect(Object.keys(normal(taken).component)).toEqual(["a-component", "inline-component1"]);
    const several = `${head}[[trigger.cron]]\nid = "a"\ncomponents.x = [{ source = "1.wasm" }, { source = "2.wasm" }]`;
    expect(Object.keys(normal(several).component)).toEqual(["inline-component1", "inline-component2"]);
  });

  test("1.8 step 2: a generated id with a number is no kebab word, so the component is numbered", () => {
    // http-trigger1-component is: its words begin with letters.
    const text = `${head}[[trigger.http]]\nroute = "/"\ncomponent = { source = "i.wasm" }`;
    expect(Object.keys(normal(text).component)).toEqual(["http-trigger1-component"]);
  });
});

test("1.8 step 3: a profile that no component has is refused", () => {
  expect(() => normal(component(""), "debug")).toThrow(/No component has the profile "debug"/);
});

test("1.8 step 4: inheritance of all dependencies is said by each of them", () => {
  const text = component('dependencies_inherit_configuration = true\ndependencies = { "a:b" = "1.0" }');
  expect(normal(text).component["web"]?.dependencies).toEqual({
    "a:b": { version: "1.0", inherit_configuration: true },
  });
});

test("1.8 step 5: a component as a dependency is its source", () => {
  const text = component(
    'dependencies = { "a:b" = { component = "lib", export = "x" } }\n[component.lib]\nsource = "lib.wasm"',
  );
  expect(normal(text).component["web"]?.dependencies).toEqual({ "a:b": { path: "lib.wasm", export: "x" } });
});

describe("identifiers", () => {
  const withId = (id: string): string =>
    `${head}[[trigger.http]]\nroute = "/"\ncomponent = "${id}"\n[component."${id}"]\nsource = "a.wasm"`;

  test.each(["a", "web", "web-api", "LOUD-name", "a1-b2", "V-a"])("1.9 %s is a component id", (id) => {
    expect(found(withId(id))).toEqual([]);
  });

  test.each([
    ["my_app", 'words must be separated with "-"'],
    ["-a", ""],
    ["a-", ""],
    ["a--b", ""],
    ["app-2", "must begin with a letter"],
    ["1a", "must begin with a letter"],
    ["a.b", ""],
    ["Web", ""],
    ["ä", ""],
    ["", "empty"],
  ])("1.9 %j is no component id", (id) => {
    expect(found(withId(id))[0]).toMatch(/^error ERR_SPIN_COMPONENT_ID component\./);
  });
});
