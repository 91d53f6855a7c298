/** What a newcomer reads: for each check the finding, why, the next step, and the text after the fix. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  applyFixes,
  type Binaries,
  examine,
  type Finding,
  synthesize,
  type Surroundings,
} from "../../../model/index.ts";
import { arbitraryManifest } from "../manifest/arbitrary-manifest.ts";

const head = `#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json
spin_manifest_version = 2
[application]
name = "shop"
[[trigger.http]]
route = "/..."
component = "api"
`;
const api = `${head}[component.api]
source = "api.wasm"
`;

function binary(imports: string[], more: object = {}): Binaries {
  const summary = {
    kind: "component" as const,
    imports,
    exports: ["wasi:http/incoming-handler@0.2.3"],
    producers: {},
    sizeBytes: 1000,
    coreModules: 1,
    componentTypes: [],
    memories: [],
    modules: [],
    components: [],
    customSections: [],
    ...more,
  };
  return new Map([["component.api", { state: "read", summary }]]);
}

function tell({ severity, file, position, path, message, why, hint, code }: Finding): string {
  const place = position === undefined ? `${file}: ${path}` : `${file}:${position.line}:${position.column}`;
  return `${place}: ${severity}: ${message}\n  why: ${why}\n  next: ${hint} [${code}]`;
}

const cases: [what: string, text: string, around: Surroundings][] = [
  ["a manifest without its schema", api.replace(/^#.*\n/, ""), {}],
  [
    "version 1",
    '# Hi.\nspin_manifest_version = "1"\nname = "a"\ntrigger = { type = "http" }\n[[component]]\nid = "hi"\nsource = "hi.wasm"\n[component.trigger]\nroute = "/..."\n',
    {},
  ],
  ["a version that is a text", api.replace("= 2", '= "2"'), {}],
  ["no version", api.replace(/spin_manifest_version.*\n/, ""), {}],
  ["a source that is not built", `${api}build = { command = "make", workdir = "api" }\n`, missing()],
  ["a source that is not there", api, missing()],
  [
    "a source that is no binary",
    api,
    {
      binaries: new Map([
        [
          "component.api",
          { state: "malformed", code: "ERR_SPIN_WASM_MAGIC", message: "It is text.", hint: "Give a .wasm." },
        ],
      ]),
    },
  ],
  [
    "a dead grant",
    `${api}key_value_stores = ["default"] # visits\nai_models = []\n`,
    { binaries: binary([]) },
  ],
  [
    "one dead entry of several",
    `${api}allowed_outbound_hosts = [\n  # payments\n  "https://a.example",\n  "redis://b.example", # cache\n]\n`,
    { binaries: binary(["wasi:http/outgoing-handler@0.2.3"]) },
  ],
  ["an import without a grant", api, { binaries: binary(["fermyon:spin/key-value@2.0.0"]) }],
  [
    "an import of a language runtime without a grant",
    api,
    { binaries: binary(["wasi:http/outgoing-handler@0.2.3"], { runtime: "javascript" }) },
  ],
  ["a host that allows all", `${api}allowed_outbound_hosts = ["*://*:*"]\n`, {}],
  ["a host on every port", `${api}allowed_outbound_hosts = ["https://a.example:*"]\n`, {}],
  [
    "a host that another one includes",
    `${api}allowed_outbound_hosts = ["https://a.b.example", "https://*.b.example"]\n`,
    {},
  ],
  [
    "a host that one too wide includes",
    `${api}allowed_outbound_hosts = ["https://a.example", "https://*"]\n`,
    {},
  ],
  ["a label twice", `${api}key_value_stores = ["default", "default"]\n`, {}],
  [
    "files that match nothing",
    `${api}files = ["assets/*.png"]\n`,
    { mounts: new Map([["component.api.files[0]", 0]]) },
  ],
  [
    "a dependency of any version",
    `${api}dependencies = { "a:b" = "^1.2", "c:d" = "=1.2.3", "e:f" = { version = "2.0.0" } }\n`,
    {},
  ],
  [
    "a wildcard that nothing reaches",
    `${api}[[trigger.http]]\nroute = "/"\ncomponent = "api"\n[[trigger.http]]\nroute = "/:a/..."\ncomponent = "api"\n`,
    {},
  ],
  ["a variable that nobody uses", `${api}[variables]\n# old\nold = { default = "" }\n`, {}],
  [
    "a required variable without a value",
    `${api}variables = { token = "{{ token }}" }\n[variables]\ntoken = { required = true }\n`,
    { given: { environment: [] } },
  ],
  ["a label without a store, no runtime configuration", `${api}key_value_stores = ["carts"]\n`, {}],
  [
    "a label without a store, and a store without a label",
    `${api}key_value_stores = ["carts"]\n`,
    { runtimeConfig: '[key_value_store.cart]\ntype = "spin"\npath = "x.db"\n' },
  ],
  ["a runtime configuration that is no TOML", api, { runtimeConfig: "a = \n" }],
  [
    "a target without such triggers and grants",
    `${api}sqlite_databases = ["default"]\n[[trigger.redis]]\naddress = "redis://a"\nchannel = "c"\ncomponent = "api"\n`,
    { targets: ["akamai-functions"] },
  ],
  [
    "an import that no host of the target offers",
    api,
    { targets: ["spin-up@3.6"], binaries: binary(["spin:key-value/key-value@3.0.0"]) },
  ],
  ["allowed_http_hosts", `${api}allowed_http_hosts = ["a.example"]\n`, {}],
  [
    "a scheme that Spin does not ask for",
    `${api}allowed_outbound_hosts = ["postgresql://a.example:5432"]\n`,
    {},
  ],
  ["a base", `${api}[application.trigger.http]\nbase = "/"\n`, {}],
  ["a URL without a digest", api.replace('"api.wasm"', '{ url = "https://a.example/a.wasm" }'), {}],
  ["no TOML", "a =\n", {}],
];

function missing(): Surroundings {
  return { binaries: new Map([["component.api", { state: "missing" }]]) };
}

describe("the findings", () => {
  test.each(cases)("of %s", (_what, text, around) => {
    const findings = examine(text, around);
    expect(findings).not.toEqual([]);
    expect(findings.map(tell).join("\n")).toMatchSnapshot("found");
    for (const { fix } of findings) {
      if (fix === undefined) continue;
      expect(`${fix.title}\n${applyFixes(text, [fix])}`).toMatchSnapshot("fixed");
    }
  });

  test("of a manifest without fault are none", () => {
    expect(
      examine(api, { binaries: binary(["wasi:io/streams@0.2.3"]), given: {}, targets: ["spin-up@4.0"] }),
    ).toEqual([]);
  });

  test("stand in the order of the text", () => {
    const text = `${api}key_value_stores = ["a", "a", "b", "b"]\n`;
    const lines = examine(text, binaryless).map(({ position }) => `${position?.line}:${position?.column}`);
    expect(lines).toEqual([...lines].sort((a, b) => a.localeCompare(b, "en", { numeric: true })));
  });
});

const binaryless: Surroundings = {};

describe("a dependency that inherits a grant uses it", () => {
  const text = (inherit: string): string =>
    `${api}key_value_stores = ["default"]\n[component.api.dependencies]\n"a:b" = { path = "b.wasm", inherit_configuration = ${inherit} }\n`;
  const withDependency = (...imports: string[]): Binaries => {
    const [[, dependency] = []] = binary(imports);
    return new Map([
      ...binary([]),
      ...(dependency === undefined ? [] : [['component.api.dependencies."a:b"', dependency] as const]),
    ]);
  };
  const store = "fermyon:spin/key-value@2.0.0";
  test.each([
    ["true", [store], false],
    ['["key_value_stores"]', [store], false],
    ['["variables"]', [store], true],
    ["false", [store], true],
    ["true", [], true],
  ])("inherit_configuration = %s, imports %j: dead %p", (inherit, imports, isDead) => {
    const codes = examine(text(inherit), { binaries: withDependency(...imports) }).map(({ code }) => code);
    expect(codes.includes("ERR_SPIN_GRANT_DEAD")).toBe(isDead);
  });

  test("and while its binary is not at hand, nothing is said", () => {
    const codes = examine(text("true"), { binaries: binary([]) }).map(({ code }) => code);
    expect(codes).not.toContain("ERR_SPIN_GRANT_DEAD");
  });
});

describe("applyFixes", () => {
  const fixable = (text: string, around: Surroundings): Finding[] =>
    examine(text, around).filter(({ fix }) => fix !== undefined);
  const fixAll = (text: string, around: Surroundings): string =>
    applyFixes(
      text,
      fixable(text, around).flatMap(({ fix }) => fix ?? []),
    );

  test.each(cases)("leaves nothing to fix after a few rounds: %s", (_what, text, around) => {
    let result = text;
    for (let round = 0; round < 4; round++) result = fixAll(result, around);
    expect(fixable(result, around)).toEqual([]);
  });

  test("makes several changes of one list at once, and keeps comments and order", () => {
    const text = `${api}# who it calls
allowed_outbound_hosts = [
  "https://a.c.example", # one
  "https://*.c.example", # two
  "https://b.c.example",
  "POSTGRES://d.example", # four
]
key_value_stores = ["z", "a", "z"] # stores
`;
    expect(fixAll(text, {})).toBe(`${api}# who it calls
allowed_outbound_hosts = [
  "https://*.c.example", # two
  "postgres://d.example", # four
]
key_value_stores = ["z", "a"] # stores
`);
  });

  test("converts version 1, and its comments come along", () => {
    const text = `# The old app.
spin_version = "1"
name = "old-app" # not the new one
trigger = { type = "http", base = "/" }

[variables]
# for the API
token = { required = true } # from the vault

# Answers "hello # world".
[[component]]
id = "Hello_World" # odd id
source = "hello.wasm"
description = "a # that is no comment"
allowed_outbound_hosts = ["https://a.example"]
# nobody knows
# why
[component.trigger]
# everything
route = "/..."
[component.config]
token = "{{ token }}" # for the API
# the end
`;
    const converted = fixAll(text, {});
    expect(converted).toMatchSnapshot("converted");
    for (const [comment] of text.matchAll(/# (?!world|that)[^"\n]*/g)) expect(converted).toContain(comment);
    expect(examine(converted).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("of one finding by another changes nothing twice", () => {
    const text = `${api}allowed_outbound_hosts = ["redis://a.example", "redis://a.example"]\n`;
    const result = fixAll(text, { binaries: binary([]) });
    expect(result).toBe(api);
  });

  test("is harmless on any manifest: what is left reads, and has nothing more to fix in the end", () => {
    fc.assert(
      fc.property(arbitraryManifest, (manifest) => {
        let text = synthesize(manifest);
        for (let round = 0; round < 6; round++) text = fixAll(text, {});
        expect(fixable(text, {}).map(({ message }) => message)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});
