/** How Spin tells the version of a spin.toml. */
import { expect, test } from "@jest/globals";
import { parseManifest, synthesize } from "../../model/index.ts";
import { component, found } from "./spin-toml.ts";

const old =
  'name = "shop"\ntrigger = { type = "http" }\n[[component]]\nid = "web"\nsource = "web.wasm"\ntrigger = { route = "/..." }\n';
const wrong = "error ERR_SPIN_MANIFEST_VERSION spin_manifest_version";

test("1.1 the number 2 is version 2", () => {
  expect(found(component(""))).toEqual([]);
});

test.each(["spin_manifest_version", "spin_version"])('1.1 %s = "1" is version 1', (key) => {
  const manifest = parseManifest(`${key} = "1"\n${old}`);
  expect(manifest.spin_manifest_version).toBe(2);
  expect(Object.keys(manifest.component ?? {})).toEqual(["web"]);
});

test.each(["1", '"2"', "3", '"0"', "2.5", "true", '"77.301.12"', "[2]"])(
  "1.1 %s is no version",
  (version) => {
    expect(found(`spin_manifest_version = ${version}\n${old}`)).toEqual([wrong]);
  },
);

test("1.1 without a version a manifest is refused", () => {
  expect(found(old)).toEqual([wrong]);
});

test("1.1 both keys at once are one key twice", () => {
  expect(found(`spin_manifest_version = "1"\nspin_version = "1"\n${old}`)).toEqual([
    "error ERR_SPIN_MANIFEST_KEY spin_version",
  ]);
});

test("1.1 version 1 is written as version 2, as `spin doctor` would", () => {
  expect(synthesize(parseManifest(`spin_version = "1"\n${old}`))).toContain("spin_manifest_version = 2\n");
});

test.each([
  ["the top", component("").replace("[application]", "more = 1\n[application]"), "more"],
  ["the application", component("").replace('name = "shop"', 'name = "shop"\nmore = 1'), "application.more"],
  ["a variable", component('[variables]\na = { default = "", more = 1 }'), "variables.a.more"],
  ["a component", component("more = 1"), "component.web.more"],
  ["a build", component('build = { command = "make", more = 1 }'), "component.web.build.more"],
  ["a profile", component("profile.debug = { more = 1 }"), "component.web.profile.debug.more"],
  [
    "a source",
    component("").replace('"web.wasm"', '{ url = "https://a.test", digest = "", more = 1 }'),
    "component.web.source.more",
  ],
  [
    "a file",
    component('files = [{ source = "a", destination = "/", more = 1 }]'),
    "component.web.files[0].more",
  ],
])("1.1 unknown keys of %s are refused", (_place, text, path) => {
  expect(found(text)).toEqual([`error ERR_SPIN_MANIFEST_KEY ${path}`]);
});

test("1.1 unknown keys of a trigger of another type are its own settings", () => {
  expect(found(component("[[trigger.sqs]]\ncomponent = 'web'\nqueue_url = 'x'\nmore = { a = [1] }"))).toEqual(
    [],
  );
});
