import { describe, expect, test } from "@jest/globals";
import { parseManifest } from "../../../model/index.ts";

const head = "spin_manifest_version = 2\n";
const app = `${head}[application]\nname = "shop"\n`;
const withComponent = (line: string): string =>
  `${app}[trigger]\n[component.api]\nsource = "api.wasm"\n${line}\n`;

function failure(text: string): { code?: string; path?: string; message?: string; hint?: string } {
  try {
    parseManifest(text);
    return {};
  } catch (error) {
    return error as object;
  }
}

describe("a manifest's shape", () => {
  test.each([
    [
      "text is expected",
      withComponent("description = 3"),
      "component.api.description",
      "is the number 3; expected a string",
    ],
    [
      "a flag is expected",
      `${app}[trigger]\n[variables]\na = { required = "yes" }`,
      "variables.a.required",
      "expected a boolean",
    ],
    [
      "a list is expected",
      withComponent('ai_models = "llama"'),
      "component.api.ai_models",
      "expected a list",
    ],
    [
      "a list of texts is expected",
      withComponent("key_value_stores = [1]"),
      "component.api.key_value_stores[0]",
      "expected a string",
    ],
    [
      "a table is expected",
      withComponent("environment = []"),
      "component.api.environment",
      "is a list; expected a table",
    ],
    [
      "a date is no text",
      withComponent("description = 1979-05-27"),
      "component.api.description",
      "is a date",
    ],
    [
      "triggers of a type are a list",
      `${app}[trigger.http]\nroute = "/"`,
      "trigger.http",
      "is a table; expected a list",
    ],
    ["an application is a table", `${head}application = 1\n[trigger]`, "application", "expected a table"],
    [
      "a source is a path or a table",
      withComponent("").replace('"api.wasm"', "7"),
      "component.api.source",
      "expected a path",
    ],
  ])("where %s", (_rule, text, path, message) => {
    expect(failure(text)).toMatchObject({
      code: "ERR_SPIN_MANIFEST_TYPE",
      path,
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ["application", `${head}[trigger]\n`, "application", 'Add a table [application] with `name = "…"`.'],
    ["trigger", app, "trigger", "Add a trigger: [[trigger.http]] with "],
    [
      "an application's name",
      `${head}[application]\n[trigger]\n`,
      "application.name",
      "Add name to [application].",
    ],
    [
      "a component's source",
      `${app}[trigger]\n[component.api]\n`,
      "component.api.source",
      "Add source to [component.api].",
    ],
    [
      "a build's command",
      withComponent('build = { workdir = "a" }'),
      "component.api.build.command",
      "Add command to [component.api.build].",
    ],
    [
      "a digest",
      withComponent("").replace('"api.wasm"', '{ url = "https://a" }'),
      "component.api.source.digest",
      "Add digest",
    ],
    [
      "a version",
      withComponent("").replace('"api.wasm"', '{ package = "a:b" }'),
      "component.api.source.version",
      "Add version",
    ],
    [
      "a destination",
      withComponent('files = [{ source = "a" }]'),
      "component.api.files[0].destination",
      "Add destination",
    ],
  ])("without %s", (_what, text, path, hint) => {
    expect(failure(text)).toMatchObject({
      code: "ERR_SPIN_MANIFEST_MISSING",
      path,
      hint: expect.stringContaining(hint),
    });
  });

  test.each([
    ["at the top", `${app}[trigger]\n[componet.api]\n`, "componet", 'Did you mean "component"?'],
    ["of the application", `${app}auhtors = []\n[trigger]`, "application.auhtors", 'Did you mean "authors"?'],
    [
      "of a variable",
      `${app}[trigger]\n[variables]\na = { defualt = "x" }`,
      "variables.a.defualt",
      'Did you mean "default"?',
    ],
    [
      "of a component",
      withComponent("allowed_outbound_host = []"),
      "component.api.allowed_outbound_host",
      'Did you mean "allowed_outbound_hosts"?',
    ],
    [
      "of a build",
      withComponent('build = { comand = "a", command = "a" }'),
      "component.api.build.comand",
      'Did you mean "command"?',
    ],
    [
      "of a profile",
      withComponent("profile.debug.files = []"),
      "component.api.profile.debug.files",
      "Remove it; known are source, environment",
    ],
    [
      "of an inline component",
      `${app}[[trigger.http]]\nroute = "/"\ncomponent = { source = "a", sorce = 1 }`,
      "trigger.http[0].component.sorce",
      "source",
    ],
    ["with odd characters", `${app}"a b" = 1\n[trigger]`, 'application."a b"', "Remove it"],
    ["that objects inherit", `${app}[trigger]\n[constructor]\n`, "constructor", "Remove it"],
  ])("with an unknown key %s", (_where, text, path, hint) => {
    expect(failure(text)).toMatchObject({
      code: "ERR_SPIN_MANIFEST_KEY",
      path,
      hint: expect.stringContaining(hint),
    });
  });

  test("is judged as a whole, not up to the first problem", () => {
    const { message } = failure(`${app}nmae = 1\n[trigger]\n[component.api]\nai_models = 2\n`);
    expect(message).toContain("And 2 more:");
    expect(message).toContain('component.api has no "source"');
    expect(message).toContain("component.api.ai_models is the number 2");
  });

  test("leaves the settings of triggers and tools to them", () => {
    const text = `${app}[application.tool.x]\nanything = { goes = 1 }\n[[trigger.cron]]\ncron_expression = "1"\nnested = { a = [1, true] }\n`;
    expect(parseManifest(text).trigger["cron"]).toEqual([{ cron_expression: "1", nested: { a: [1, true] } }]);
  });

  test("takes every key that Spin has", () => {
    const text = `${head}
[application]
name = "all"
version = "1"
description = "d"
authors = ["a"]
targets = ["spin-up:4.0", { path = "t.toml" }]
[application.trigger.redis]
address = "redis://a"
[[trigger.http]]
id = "one"
route = { private = true }
component = "api"
dependencies.middleware = [{ path = "m.wasm" }]
[[trigger.other]]
components = { main = "api" }
[component.api]
source = { registry = "r.example", package = "a:b", version = "1.0.0" }
files = ["a/*", { source = "a", destination = "/b" }]
exclude_files = ["x"]
allowed_http_hosts = []
targets = []
dependencies_inherit_configuration = true
[component.api.dependencies]
"a:b/c" = "^1"
[component.api.tool.x]
y = 1
[component.api.build]
command = ["a", "b"]
workdir = "w"
watch = ["s"]
[component.api.profile.debug]
source = "d.wasm"
build = { command = "d" }
environment = { A = "b" }
`;
    expect(() => parseManifest(text)).not.toThrow();
  });

  test("cannot reach into the objects of the program", () => {
    expect(failure(`${app}[trigger]\n[component.__proto__]\nsource = "a"\npolluted = 1\n`).code).toBe(
      "ERR_SPIN_MANIFEST_KEY",
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
