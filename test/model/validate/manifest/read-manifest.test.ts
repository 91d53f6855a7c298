/** Positions of issues, and that no text makes the reader throw. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readManifest } from "../../../../model/index.ts";

const text = `spin_manifest_version = 2
[application]
name = "shop"

[[trigger.http]]
route = "/..."
component = "wbe"

[component.web]
source = "web.wasm"
allowed_outbound_hosts = [
  "https://fine.test",
  "example.com",
]
dependencies = { "a:b" = { path = "a.wasm", inherit_configuration = ["filse"] } }
`;

const placesOf = (manifest: string) =>
  readManifest(manifest).issues.map(({ code, position }) => [
    code,
    position && `${position.line}:${position.column}`,
  ]);

describe("readManifest", () => {
  test("says where each issue stands", () => {
    expect(placesOf(text)).toEqual([
      ["ERR_SPIN_TRIGGER_COMPONENT", "7:1"],
      ["ERR_SPIN_ALLOWED_HOST", "13:3"],
      ["ERR_SPIN_DEPENDENCY_INHERIT", "15:70"],
      ["ERR_SPIN_COMPONENT_UNREACHED", "9:12"],
    ]);
  });

  test("points at unknown keys, and at the table around a missing one", () => {
    expect(placesOf(text.replace("source =", "sorce ="))).toEqual([
      ["ERR_SPIN_MANIFEST_KEY", "10:1"],
      ["ERR_SPIN_MANIFEST_MISSING", "9:12"],
    ]);
  });

  test("points at what is no TOML, and gives no manifest then", () => {
    const reading = readManifest(`${text}\n= 1`);
    expect(reading.manifest).toBeUndefined();
    expect(reading.issues).toMatchObject([{ code: "ERR_SPIN_MANIFEST_TOML", position: { line: 17 } }]);
  });

  test("gives the manifest beside what is wrong with it", () => {
    expect(readManifest(text).manifest?.application.name).toBe("shop");
  });

  test("of version 1 says what is wrong, without positions that the text does not have", () => {
    const { issues } = readManifest(`spin_version = "1"\nname = ""\ntrigger = { type = "http" }`);
    expect(issues.map(({ code, position }) => [code, position])).toEqual([
      ["ERR_SPIN_APP_NAME", undefined],
      ["ERR_SPIN_APP_ROUTES", undefined],
    ]);
  });

  test("answers any text with issues or a manifest", () => {
    const lines = fc.constantFrom(
      ...text.split("\n"),
      "[component.__proto__]",
      "[__proto__]",
      'constructor = { prototype = "x" }',
      "[[trigger.__proto__]]",
      "id = 7",
      "\u0000",
      "[component.web.profile.x]",
      "x = nan",
      "[[component]]",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string()), { maxLength: 25 }), (body) => {
        const { manifest, issues } = readManifest(`spin_manifest_version = 2\n${body.join("\n")}`);
        return manifest !== undefined || issues.length > 0;
      }),
      { numRuns: 2000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
