/** Positions of issues, and that no text makes the reader throw. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { describeIssue, type Issue, readManifest } from "../../../../model/index.ts";

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

  test("points at a version that is none", () => {
    expect(placesOf("# old\nspin_manifest_version = 3\n")).toEqual([["ERR_SPIN_MANIFEST_VERSION", "2:1"]]);
    expect(placesOf("[application]\n")).toEqual([["ERR_SPIN_MANIFEST_VERSION", undefined]]);
  });

  test("lists a thousand problems, and says how many more there are", () => {
    const lines = Array.from({ length: 1003 }, (_, at) => `k${at} = 1\n`).join("");
    const { issues } = readManifest(`${text}${lines}`);
    expect(issues).toHaveLength(1001);
    expect(issues[999]?.position?.line).toBe(1015);
    expect(describeIssue(issues[1000] as Issue)).toBe(
      "The manifest has 3 more problems than the 1000 that are listed. Correct those that are listed, then check again.",
    );
  });

  test("refuses a text that is too long to be a manifest", () => {
    const { issues } = readManifest(`${text}${"#".repeat(2_000_000)}`);
    expect(issues.map(describeIssue)).toEqual([
      "The manifest has 2000293 characters; expected at most 2000000. Split it, or remove what does not belong in it.",
    ]);
  });

  test("quotes no more of a text than a person reads", () => {
    const names = Array.from({ length: 30 }, (_, at) => `{{ n${at} }}`).join("");
    const long = `https://${"x".repeat(1_000_000)}${names}`;
    const { issues } = readManifest(text.replace("example.com", long));
    const told = issues.filter(({ code }) => code === "ERR_SPIN_TEMPLATE_VARIABLE");
    expect(told).toHaveLength(20);
    expect(Math.max(...told.map(({ message }) => message.length))).toBeLessThan(10_100);
  });
});

describe("readManifest of version 1", () => {
  const old = `spin_manifest_version = "1"
name = ""
trigger = { type = "http", base = "/old" }
[variables]
Bad = { default = "" }
[[component]]
id = "Web_1"
source = "web.wasm"
allowed_outbound_hosts = ["https://fine.test", "example.com"]
[component.trigger]
executor = { type = "wsgi" }
[component.config]
token = "{{ tokken }}"
[[component]]
id = "second"
source = { url = "https://a.test/x.wasm", digest = "sha256:0" }
allowed_http_hosts = ["fine.test"]
trigger = { route = "/.well-known/spin/x", colour = "red" }
[component.build]
command = "make"
workdir = "/tmp"
`;

  test("gives each issue the path and the position of the text, not of what it became", () => {
    const { issues } = readManifest(old);
    expect(
      issues.map(({ code, path, position }) => [code, path, `${position?.line}:${position?.column}`]),
    ).toEqual([
      ["ERR_SPIN_APP_NAME", "name", "2:1"],
      ["ERR_SPIN_APPLICATION_TRIGGER", "trigger.base", "3:28"],
      ["ERR_SPIN_VARIABLE_NAME", "variables.Bad", "5:1"],
      ["ERR_SPIN_TRIGGER_SETTING", "component[0].trigger.route", "10:12"],
      ["ERR_SPIN_TRIGGER_EXECUTOR", "component[0].trigger.executor", "11:1"],
      ["ERR_SPIN_ROUTE_RESERVED", "component[1].trigger.route", "18:13"],
      ["ERR_SPIN_TRIGGER_SETTING", "component[1].trigger.colour", "18:44"],
      ["ERR_SPIN_COMPONENT_ID", "component[0].id", "7:1"],
      ["ERR_SPIN_ALLOWED_HOST", "component[0].allowed_outbound_hosts[1]", "9:48"],
      ["ERR_SPIN_TEMPLATE_VARIABLE", "component[0].config.token", "13:1"],
      ["ERR_SPIN_COMPONENT_SOURCE", "component[1].source.digest", "16:43"],
      ["ERR_SPIN_COMPONENT_BUILD", "component[1].build.workdir", "21:1"],
    ]);
  });

  test("tells all old HTTP hosts that are none, each where it stands", () => {
    expect(placesOf(old.replace('["fine.test"]', '["ftp://a", "fine.test", "b/c"]'))).toEqual([
      ["ERR_SPIN_ALLOWED_HOST", "17:23"],
      ["ERR_SPIN_ALLOWED_HOST", "17:47"],
    ]);
  });

  test("without components says so at the trigger", () => {
    expect(placesOf(`spin_version = "1"\nname = "a"\ntrigger = { type = "http" }`)).toEqual([
      ["ERR_SPIN_APP_ROUTES", "3:1"],
    ]);
  });
});

describe("any text", () => {
  test("is answered with issues or a manifest", () => {
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
      { numRuns: 300 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
