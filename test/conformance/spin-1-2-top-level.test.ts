/** The top level of version 2, its application and its variables. */
import { expect, test } from "@jest/globals";
import { application, component, found, head, lock } from "./spin-toml.ts";

test("1.2 a manifest without any trigger table is refused, even with components", () => {
  expect(found(`${head}[component.web]\nsource = "web.wasm"`)).toEqual([
    "error ERR_SPIN_MANIFEST_MISSING trigger",
  ]);
});

test("1.2 an empty trigger table is taken; nothing would run", () => {
  expect(found(`${head}[trigger]`)).toEqual(["warning ERR_SPIN_APP_ROUTES trigger"]);
});

test("1.2 the application is required", () => {
  expect(found("spin_manifest_version = 2\n[trigger]")).toEqual([
    "error ERR_SPIN_MANIFEST_MISSING application",
  ]);
});

test("1.2 a trigger type holds a list of tables", () => {
  expect(found(`${head}[trigger.http]\nroute = "/"`)).toEqual(["error ERR_SPIN_MANIFEST_TYPE trigger.http"]);
});

test("1.3 the name is required, and any text is one", () => {
  expect(found("spin_manifest_version = 2\n[application]\n[trigger]")).toEqual([
    "error ERR_SPIN_MANIFEST_MISSING application.name",
  ]);
  expect(found(component("").replace('"shop"', '"My Shop! 2"'))).toEqual([]);
});

test("1.3 the version is any text, and need not be a semantic one", () => {
  expect(found(application('version = "yesterday"'))).toEqual([]);
});

test("1.3 version, description and authors are left out of the lock when they are empty", () => {
  const empty = lock(application('version = ""\ndescription = ""\nauthors = []')).metadata;
  expect(Object.keys(empty)).toEqual(["name", "trigger", "triggers"]);
  const given = lock(application('version = "1"\ndescription = "d"\nauthors = ["A"]')).metadata;
  expect(given).toMatchObject({ version: "1", description: "d", authors: ["A"] });
});

test("1.3 authors are a list of texts", () => {
  expect(found(application('authors = "A"'))).toEqual(["error ERR_SPIN_MANIFEST_TYPE application.authors"]);
});

test("1.3 settings of a trigger type for the whole application go into the lock", () => {
  const text = `${application("[application.trigger.sqs]\nregion = 'eu'")}[[trigger.sqs]]\ncomponent = 'web'`;
  expect(lock(text).metadata["triggers"]).toEqual({ sqs: { region: "eu" } });
});

test("1.3 tables of tools are free, and not locked", () => {
  const text = application("[application.tool.mine]\nanything = { deep = [1, true] }");
  expect(found(text)).toEqual([]);
  expect(JSON.stringify(lock(text))).not.toContain("anything");
});

test.each([
  ["a default alone", '{ default = "x" }', []],
  ["an empty default", '{ default = "" }', []],
  ["required alone", "{ required = true }", []],
  ["neither", "{}", ["error ERR_SPIN_VARIABLE_VALUE variables.a.required"]],
  ["required = false alone", "{ required = false }", ["error ERR_SPIN_VARIABLE_VALUE variables.a.required"]],
  ["both", '{ default = "x", required = true }', ["error ERR_SPIN_VARIABLE_VALUE variables.a.required"]],
])("1.4 a variable has a default or is required, and not both: %s", (_what, value, expected) => {
  expect(found(`${component("")}[variables]\na = ${value}`)).toEqual(expected);
});

test.each(["Api", "a__b", "_a", "a_", "1a", "a_2", "a-b", "é"])("1.4 %s is no name of a variable", (name) => {
  expect(found(`${component("")}[variables]\n"${name}" = { required = true }`)).toEqual([
    expect.stringMatching(/^error ERR_SPIN_VARIABLE_NAME variables\./),
  ]);
});

test.each(["a", "a1", "a_b2", "constructor"])("1.4 %s is a name of a variable", (name) => {
  expect(found(`${component("")}[variables]\n${name} = { required = true }`)).toEqual([]);
});

test("1.4 the lock says that a variable is secret, and not that it is required", () => {
  const text = `${component("")}[variables]\ntoken = { required = true, secret = true, description = "d" }\na = { default = "" }`;
  expect(lock(text).variables).toEqual({ a: { default: "" }, token: { description: "d", secret: true } });
});
