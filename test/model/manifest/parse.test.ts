import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { anyCharacter } from "../../support/any-character.ts";
import { isSpinError, parseManifest } from "../../../model/index.ts";
import { caught } from "../../support/caught.ts";

const whole = `spin_manifest_version = 2

[application]
name = "shop"
version = "1.0.0"
authors = ["A <a@example.com>"]

[application.trigger.redis]
address = "redis://localhost"

[variables]
greeting = { default = "hi" }
token = { required = true, secret = true }

[[trigger.http]]
route = "/..."
component = "api"

[[trigger.http]]
route = { private = true }
component = { source = "inline.wasm" }

[[trigger.cron]]
id = "nightly"
component = "api"
cron_expression = "0 0 * * *"

[component.api]
source = { url = "https://a.example/api.wasm", digest = "sha256:00" }
files = ["a/*", { source = "assets", destination = "/" }]
allowed_outbound_hosts = ["https://api.example.com"]
tool.mine = { anything = 1 }
[component.api.build]
command = ["npm", "run build"]
watch = ["src/**"]
`;

test("a whole manifest is read as it stands there", () => {
  const manifest = parseManifest(whole);
  expect(Object.keys(manifest)).toEqual([
    "spin_manifest_version",
    "application",
    "variables",
    "trigger",
    "component",
  ]);
  expect(manifest.trigger["cron"]).toEqual([
    { id: "nightly", component: "api", cron_expression: "0 0 * * *" },
  ]);
  expect(manifest.component?.["api"]?.build).toEqual({ command: ["npm", "run build"], watch: ["src/**"] });
});

test("the least that Spin reads", () => {
  expect(parseManifest('spin_manifest_version = 2\n[application]\nname = "a"\n[trigger]\n')).toMatchObject({
    trigger: {},
  });
});

describe("text that is no TOML says line and column", () => {
  test.each([
    ["a value that is missing", "spin_manifest_version = 2\n[application]\nname =\n", /^3:\d+$/],
    ["a text that is not closed", 'a = 1\nb = "open\n', /^2:\d+$/],
    ["a key twice", "a = 1\na = 2\n", /^2:\d+$/],
    ["a table twice", "[a]\n[b]\n[a]\n", /^3:\d+$/],
    ["a table that is not closed", "[application\nname = 1", /^1:\d+$/],
    ["no key", "= 1", /^1:\d+$/],
    ["JSON", '{\n  "name": "shop"\n}', /^1:\d+$/],
    ["a binary", "\0asm\u0001\0\0\0", /^1:\d+$/],
  ])("%s", (_what, text, path) => {
    const error = caught(() => parseManifest(text));
    expect(error.code).toBe("ERR_SPIN_MANIFEST_TOML");
    expect(error.path).toMatch(path);
    expect(error.message).toContain(`ine ${String(error.path).split(":")[0]}, column`);
    expect(error.message).not.toContain("\n");
  });
});

describe("version", () => {
  test.each([
    ["is missing", '[application]\nname = "a"\n', /no spin_manifest_version/],
    ["is 2, as text", 'spin_manifest_version = "2"\n', /"2"/],
    ["is 3", "spin_manifest_version = 3\n", /3/],
    ["is half a number", "spin_manifest_version = 2.5\n", /2\.5/],
  ])("%s", (_what, text, expected) => {
    const error = caught(() => parseManifest(text));
    expect(error).toMatchObject({ code: "ERR_SPIN_MANIFEST_VERSION", path: "spin_manifest_version" });
    expect(error.message).toMatch(expected);
    expect(error.message).toMatch(/expected (2|the number 2)/);
    expect(error.hint).toContain("spin_manifest_version = 2");
  });
});

describe("shape", () => {
  const head = 'spin_manifest_version = 2\n[application]\nname = "a"\n';

  test.each([
    ["no application", "spin_manifest_version = 2\n[trigger]\n", "ERR_SPIN_MANIFEST_MISSING", "application"],
    [
      "no name",
      "spin_manifest_version = 2\n[application]\n[trigger]\n",
      "ERR_SPIN_MANIFEST_MISSING",
      "application.name",
    ],
    ["no trigger", head, "ERR_SPIN_MANIFEST_MISSING", "trigger"],
    ["no source", `${head}[trigger]\n[component.api]\n`, "ERR_SPIN_MANIFEST_MISSING", "component.api.source"],
    ["an unknown key at the top", `oops = 1\n${head}[trigger]\n`, "ERR_SPIN_MANIFEST_KEY", "oops"],
    [
      "an unknown key of the application",
      `${head}nmae = "b"\n[trigger]\n`,
      "ERR_SPIN_MANIFEST_KEY",
      "application.nmae",
    ],
    [
      "an unknown key of a variable",
      `${head}[trigger]\n[variables]\na = { defualt = "" }\n`,
      "ERR_SPIN_MANIFEST_KEY",
      "variables.a.defualt",
    ],
    [
      "an unknown key of a component",
      `${head}[trigger]\n[component.api]\nsource = "a"\nkey_value_store = []\n`,
      "ERR_SPIN_MANIFEST_KEY",
      "component.api.key_value_store",
    ],
    [
      "an unknown key of a build",
      `${head}[trigger]\n[component.api]\nsource = "a"\nbuild = { command = "x", cwd = "." }\n`,
      "ERR_SPIN_MANIFEST_KEY",
      "component.api.build.cwd",
    ],
    [
      "a number for a name",
      "spin_manifest_version = 2\n[application]\nname = 1\n[trigger]\n",
      "ERR_SPIN_MANIFEST_TYPE",
      "application.name",
    ],
    [
      "a table of triggers where a list belongs",
      `${head}[trigger.http]\nroute = "/"\n`,
      "ERR_SPIN_MANIFEST_TYPE",
      "trigger.http",
    ],
    [
      "a text for a list",
      `${head}[trigger]\n[component.api]\nsource = "a"\nallowed_outbound_hosts = "https://a"\n`,
      "ERR_SPIN_MANIFEST_TYPE",
      "component.api.allowed_outbound_hosts",
    ],
    [
      "a number inside a list",
      `${head}[trigger]\n[component.api]\nsource = "a"\nai_models = ["a", 1]\n`,
      "ERR_SPIN_MANIFEST_TYPE",
      "component.api.ai_models[1]",
    ],
    [
      "a URL without a digest",
      `${head}[trigger]\n[component.api]\nsource = { url = "https://a" }\n`,
      "ERR_SPIN_MANIFEST_MISSING",
      "component.api.source.digest",
    ],
  ])("%s", (_what, text, code, path) => {
    expect(caught(() => parseManifest(text))).toMatchObject({ code, path });
  });

  test("a mistyped key is told what was meant", () => {
    const error = caught(() =>
      parseManifest(`${head}[trigger]\n[component.api]\nsource = "a"\nkey_value_store = []\n`),
    );
    expect(error.hint).toBe('Did you mean "key_value_stores"?');
  });

  test("all that is wrong is said", () => {
    const error = caught(() =>
      parseManifest("spin_manifest_version = 2\n[application]\nname = 1\nnope = 2\n"),
    );
    expect(error.message).toMatch(/name.*nope.*trigger|trigger.*name.*nope/s);
  });

  test("unknown keys of triggers are the trigger's own", () => {
    expect(() =>
      parseManifest(`${head}[[trigger.sqs]]\ncomponent = "a"\nqueue_url = "x"\ndeep = { a = [1] }\n`),
    ).not.toThrow();
  });
});

describe("any text", () => {
  const isReadOrRefused = (text: string): void => {
    try {
      parseManifest(text);
    } catch (error) {
      if (!isSpinError(error)) throw error;
    }
  };

  test("is read or refused by an error with a code", () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), isReadOrRefused), {
      numRuns: 100,
    });
  });

  test("mutated from a manifest is read or refused by an error with a code", () => {
    const mutation = fc.tuple(
      fc.nat(whole.length),
      fc.nat(20),
      fc.string({ unit: "grapheme", maxLength: 5 }),
    );
    fc.assert(
      fc.property(mutation, ([at, length, insert]) => {
        isReadOrRefused(whole.slice(0, at) + insert + whole.slice(at + length));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["nested lists", `a = ${"[".repeat(50_000)}`],
    ["nested tables", `a = ${"{a=".repeat(50_000)}`],
    ["a dotted key", `${"a.".repeat(50_000)}a = 1`],
  ])("with 50,000 %s is refused by an error with a code", (_what, text) => {
    expect(isSpinError(caught(() => parseManifest(text)))).toBe(true);
  });

  test("nests eighty tables and lists, as in Spin's parser, and no more", () => {
    const nested = (depth: number) =>
      `spin_manifest_version = 2\n[application]\nname = "a"\n[[trigger.sqs]]\ncomponent = "a"\n${"a.".repeat(depth - 4)}a = 1\n`;
    expect(() => parseManifest(nested(80))).not.toThrow();
    expect(caught(() => parseManifest(nested(81)))).toMatchObject({
      code: "ERR_SPIN_MANIFEST_TOML",
      message: "The manifest nests deeper than 80 tables and lists.",
    });
  });

  test("with __proto__ in it changes no prototype", () => {
    const text =
      'spin_manifest_version = 2\n[application]\nname = "a"\n[trigger]\n[__proto__]\npolluted = true\n[constructor.prototype]\npolluted = true\n';
    expect(caught(() => parseManifest(text)).code).toBe("ERR_SPIN_MANIFEST_KEY");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
