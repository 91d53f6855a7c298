/** What a newcomer reads for each code of the model: found, where, expected, next step. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import {
  type AppDefinition,
  capabilityIssues,
  checkTarget,
  type Code,
  type ComponentDefinition,
  describeError,
  describeIssue,
  inspectWasm,
  isSpinError,
  type Issue,
  issue,
  parseAllowedHost,
  normalizeManifest,
  lockApp,
  parseManifest,
  expiryIssues,
  parseTemplate,
  readManifest,
  selectComponents,
  SpinError,
  targetNamed,
  validateApp,
  validateComponent,
  validateGrant,
  validateRoute,
  validateVariable,
} from "../../../model/index.ts";
import { capabilityErrors } from "../../../model/errors/codes/capability.ts";
import { manifestErrors } from "../../../model/errors/codes/manifest.ts";
import { wasmErrors } from "../../../model/errors/codes/wasm.ts";
import { caught } from "../../support/caught.ts";
import { grant } from "../../support/grant.ts";

/** An application of one component. */
function appOf(component: Partial<ComponentDefinition>): Omit<AppDefinition, "lockedApp" | "digest"> {
  const web = { id: "web", source: "web.wasm", environment: {}, grants: [], digest: "", size: 0 };
  return {
    name: "a",
    version: "",
    authors: [],
    variables: [],
    components: [{ ...web, imports: [], exports: [], ...component }],
    routes: [],
  };
}

const head = 'spin_manifest_version = 2\n[application]\nname = "a"\n';
const handler = "wasi:http/incoming-handler@0.2.3";

const tooMany = Array.from({ length: 1003 }, (_, at) => `k${at} = 1\n`).join("");

const texts: [code: Code, provoke: () => Issue[] | SpinError, text: string][] = [
  [
    "ERR_SPIN_MANIFEST_VERSION",
    () => caught(() => parseManifest("spin_manifest_version = 3\n")),
    'The manifest is of version 3; expected the number 2, or the text "1" (ERR_SPIN_MANIFEST_VERSION). ',
  ],
  [
    "ERR_SPIN_LOCK_CONTENT",
    () => caught(() => lockApp(appOf({ grants: [grant({ files: ["assets/**/*"] })] }))),
    'Nothing says what is in the files of the component "web" (ERR_SPIN_LOCK_CONTENT). ',
  ],
  [
    "ERR_SPIN_LOCK_SELECTION",
    () =>
      caught(() =>
        selectComponents({ spin_lock_version: 0, metadata: {}, triggers: [], components: [] }, ["api"]),
      ),
    'The application has no component "api": it has none (ERR_SPIN_LOCK_SELECTION). Select the components that it calls',
  ],
  [
    "ERR_SPIN_GRANT_EXPIRES",
    () => expiryIssues("soon", "2026-12-24"),
    'expires: "soon" is no date; expected the last day of the grant, for example 2027-01-31. Write year, month and day',
  ],
  [
    "ERR_SPIN_GRANT_EXPIRED",
    () => expiryIssues("2026-12-23", "2026-12-24"),
    "expires: The grant ended with 2026-12-23. Remove the grant, or let its owner give it a later `expires`.",
  ],
  [
    "ERR_SPIN_GRANT_EXPIRING",
    () => expiryIssues("2026-12-25", "2026-12-24"),
    "expires: The grant ends tomorrow, with 2026-12-25. Ask its owner whether it is still needed",
  ],
  [
    "ERR_SPIN_PROFILE_UNKNOWN",
    () => caught(() => normalizeManifest(parseManifest(`${head}[trigger]\n`), "debug")),
    'No component has the profile "debug"; no component has any (ERR_SPIN_PROFILE_UNKNOWN). Correct its name',
  ],
  ["ERR_SPIN_MANIFEST_TOML", () => caught(() => parseManifest("a =\n")), "Line 1, column 4: "],
  [
    "ERR_SPIN_MANIFEST_MISSING",
    () => caught(() => parseManifest(head)),
    'The manifest has no "trigger", which Spin requires (ERR_SPIN_MANIFEST_MISSING). Add a trigger: [[trigger.http]] with ',
  ],
  [
    "ERR_SPIN_MANIFEST_ISSUES",
    () => readManifest(`${tooMany}${head}`).issues.slice(-1),
    "The manifest has 4 more problems than the 1000 that are listed. ",
  ],
  [
    "ERR_SPIN_MANIFEST_KEY",
    () => caught(() => parseManifest(`${head}descriptoin = ""\n[trigger]\n`)),
    'application has the unknown key "descriptoin" (ERR_SPIN_MANIFEST_KEY). Did you mean "description"?',
  ],
  [
    "ERR_SPIN_MANIFEST_TYPE",
    () => caught(() => parseManifest(`${head}authors = "me"\n[trigger]\n`)),
    'application.authors is the string "me"; expected a list (ERR_SPIN_MANIFEST_TYPE).',
  ],
  [
    "ERR_SPIN_TEMPLATE_UNMATCHED",
    () => caught(() => parseTemplate("https://{{ host")),
    'The template "https://{{ host" has "{{" without "}}" (ERR_SPIN_TEMPLATE_UNMATCHED). ',
  ],
  [
    "ERR_SPIN_TEMPLATE_VARIABLE",
    () =>
      validateApp({
        variables: [],
        components: [{ id: "api", grants: [{ variables: { a: "{{ b }}" } } as never] }],
      }),
    'components[0].grants[0].variables.a: The template "{{ b }}" names the variable "b", which the app does not declare. ',
  ],
  [
    "ERR_SPIN_VARIABLE_NAME",
    () => validateVariable({ name: "apiToken", required: true, secret: false }),
    'name: The variable name "apiToken" ',
  ],
  [
    "ERR_SPIN_VARIABLE_VALUE",
    () => validateVariable({ name: "a", required: false, secret: false }),
    'required: The variable "a" has no default and is not required; expected one of them. ',
  ],
  [
    "ERR_SPIN_VARIABLE_SECRET_DEFAULT",
    () => validateVariable({ name: "a", default: "canary-value", required: false, secret: true }),
    'default: The variable "a" is secret and has a default, which would stand in plain text in spin.toml. ',
  ],
  [
    "ERR_SPIN_VARIABLE_DUPLICATE",
    () => validateApp({ variables: [{ name: "a" }, { name: "a" }] }),
    'variables[1].name: The variable "a" is already declared by variables[0]. ',
  ],
  [
    "ERR_SPIN_COMPONENT_ID",
    () => validateComponent({ id: "app-2" }),
    'componentId: The component id "app-2" ',
  ],
  [
    "ERR_SPIN_COMPONENT_SOURCE",
    () => validateComponent({ source: "/tmp/a.wasm" }),
    'source: The source "/tmp/a.wasm" is absolute; expected a path relative to the project, with "/" between its parts. ',
  ],
  [
    "ERR_SPIN_COMPONENT_ENVIRONMENT",
    () => validateComponent({ environment: { "A=B": "canary-value" } }),
    'environment.A=B: The environment variable "A=B" has "=" or NUL in its name. ',
  ],
  [
    "ERR_SPIN_COMPONENT_DUPLICATE",
    () => validateApp({ components: [{ id: "api" }, { id: "api" }] }),
    'components[1].id: The component id "api" is already taken by components[0]. ',
  ],
  [
    "ERR_SPIN_COMPONENT_UNREACHED",
    () =>
      validateApp({
        components: [{ id: "api" }],
        routes: [{ route: "/", staticResponse: { statusCode: 200, headers: {} } }],
      }),
    'components[0]: No route leads to the component "api", so it would never run. ',
  ],
  [
    "ERR_SPIN_ROUTE_PATTERN",
    () => validateRoute({ route: "/a/.../b", component: "api" }),
    'route: The route "/a/.../b" has a wildcard before its end. ',
  ],
  [
    "ERR_SPIN_ROUTE_RESERVED",
    () => validateRoute({ route: "/.well-known/spin/health", component: "api" }),
    'route: The route "/.well-known/spin/health" would never be reached: the host answers what is below /.well-known/spin itself. ',
  ],
  [
    "ERR_SPIN_ROUTE_RESPONSE",
    () => validateRoute({ route: "/", staticResponse: { statusCode: 99, headers: {} } }),
    "staticResponse.statusCode: The status code 99 cannot be answered; expected one from 200 to 599. ",
  ],
  [
    "ERR_SPIN_ROUTE_TARGET",
    () => validateRoute({ route: "/", component: "api", staticResponse: { statusCode: 200, headers: {} } }),
    'staticResponse: The route has the component "api" and a static response; expected one of them. ',
  ],
  [
    "ERR_SPIN_ROUTE_DUPLICATE",
    () =>
      validateApp({
        routes: [
          { route: "/:a", component: "api" },
          { route: "/:b", component: "api" },
        ],
      }),
    "routes[1].route: ",
  ],
  [
    "ERR_SPIN_ROUTE_COMPONENT",
    () =>
      validateApp({
        components: [{ id: "api" }],
        routes: [
          { route: "/", component: "apj" },
          { route: "/b", component: "api" },
        ],
      }),
    'routes[0].component: The route leads to the component "apj", but the app has only "api". Did you mean "api"?',
  ],
  ["ERR_SPIN_APP_NAME", () => validateApp({ name: " " }), "name: The app's name is empty. "],
  [
    "ERR_SPIN_APP_ROUTES",
    () => validateApp({ routes: [] }),
    "routes: The app has no routes, so nothing would ever run. ",
  ],
  [
    "ERR_SPIN_ALLOWED_HOST",
    () => caught(() => parseAllowedHost("https://a.example/v1")),
    'The allowed host "https://a.example/v1" has the path "/v1"; a host is allowed as a whole (ERR_SPIN_ALLOWED_HOST). ',
  ],
  [
    "ERR_SPIN_ALLOWED_HOST_NEVER",
    () => validateGrant({ allowedOutboundHosts: ["http://a.example:9..5"] }),
    'allowedOutboundHosts[0]: The allowed host "http://a.example:9..5" never matches: its port range is empty',
  ],
  [
    "ERR_SPIN_GRANT_VARIABLE",
    () =>
      validateApp({
        components: [
          { id: "api", grants: [{ variables: { a: "1" } } as never, { variables: { a: "2" } } as never] },
        ],
      }),
    'components[0].grants[1].variables.a: The variable "a" is "2" here and "1" in ',
  ],
  [
    "ERR_SPIN_GRANT_LABEL",
    () => validateGrant({ keyValueStores: ["my store"] }),
    'keyValueStores[0]: The label "my store" ',
  ],
  [
    "ERR_SPIN_GRANT_MODEL",
    () => validateGrant({ aiModels: [""] }),
    "aiModels[0]: The name of a model is empty. ",
  ],
  [
    "ERR_SPIN_GRANT_FILE",
    () => validateGrant({ files: [{ source: "../secrets", destination: "/" }] }),
    'files[0].source: The path "../secrets" has "..", which may lead out of it; expected a path relative to the project. ',
  ],
  [
    "ERR_SPIN_GRANT_DEAD",
    () => capabilityIssues([{ id: "api", imports: [], grants: [{ keyValueStores: ["default"] } as never] }]),
    'components[0].grants[0].keyValueStores: The component "api" is granted key-value store default, but its binary imports no interface that could use it. Remove keyValueStores, or build the component to use it.',
  ],
  [
    "ERR_SPIN_TARGET_UNKNOWN",
    () => caught(() => targetNamed("spin-upp")),
    'There is no target "spin-upp" (ERR_SPIN_TARGET_UNKNOWN). Did you mean "spin-up"? Targets are bundled-host, ',
  ],
  [
    "ERR_SPIN_TARGET_IMPORT",
    () => checkTarget([{ id: "api", imports: ["evil:corp/door@1.0.0"], exports: [handler] }], "bundled-host"),
    'components[0].imports: The component "api" imports evil:corp/door@1.0.0, which the bundled host does not offer. ',
  ],
  [
    "ERR_SPIN_TARGET_EXPORT",
    () => checkTarget([{ id: "api", imports: [], exports: ["wasi:cli/run@0.2.0"] }], "bundled-host"),
    'components[0].exports: The component "api" exports wasi:cli/run@0.2.0, but the bundled host calls wasi:http/incoming-handler@0.2.x. ',
  ],
  [
    "ERR_SPIN_TARGET_GRANT",
    () =>
      checkTarget(
        [{ id: "api", imports: [], exports: [handler], grants: [{ aiModels: ["llama2-chat"] } as never] }],
        "bundled-host",
      ),
    'components[0].grants[0].aiModels: The component "api" is granted aiModels (llama2-chat), which the bundled host does not serve. ',
  ],
  [
    "ERR_SPIN_TARGET_TRIGGER",
    () => checkTarget({ lockedApp: { triggers: [{ trigger_type: "redis" }] } }, "akamai-functions"),
    'lockedApp.triggers[0].trigger_type: The trigger is of the type "redis", but Akamai Functions runs http. ',
  ],
  [
    "ERR_SPIN_TARGET_FEATURE",
    () =>
      checkTarget(
        {
          lockedApp: {
            components: [{ id: "api", host_requirements: { local_service_chaining: "required" } }],
          },
        },
        "fermyon-cloud",
      ),
    'lockedApp.components[0].host_requirements.local_service_chaining: The component "api" needs service chaining, which Fermyon Cloud does not know. ',
  ],
  [
    "ERR_SPIN_TARGET_SIZE",
    () => checkTarget([{ id: "api", size: 50 * 1024 * 1024 + 1 }], "akamai-functions"),
    "components: The binaries have 50.1 MiB together, but Akamai Functions takes 50 MiB. ",
  ],
  [
    "ERR_SPIN_TARGET_NAME",
    () => checkTarget({ name: "shop.example" }, "fermyon-cloud"),
    'name: The application is called "shop.example"; Fermyon Cloud expects letters, digits, "-" and "_". ',
  ],
  [
    "ERR_SPIN_WASM_MAGIC",
    () => caught(() => inspectWasm(new TextEncoder().encode("<html><body>404</body></html>"))),
    "The file is no WebAssembly binary: it holds text (ERR_SPIN_WASM_MAGIC). ",
  ],
  [
    "ERR_SPIN_WASM_VERSION",
    () => caught(() => inspectWasm(Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0))),
    "The WebAssembly binary is of version 2, layer 0; expected a module (1, 0) or a component (13, 1) (ERR_SPIN_WASM_VERSION). ",
  ],
  [
    "ERR_SPIN_WASM_MALFORMED",
    () => caught(() => inspectWasm(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 2, 50))),
    "The WebAssembly binary ends too early (at byte 10) (ERR_SPIN_WASM_MALFORMED). ",
  ],
  [
    "ERR_SPIN_WASM_LIMIT",
    () => caught(() => inspectWasm(nested(33))),
    "The WebAssembly binary nests modules and components more than 32 deep; no more is read (ERR_SPIN_WASM_LIMIT). ",
  ],
];

/** A component with another one inside, so many deep. */
function nested(depth: number): Uint8Array {
  const header = [0, 0x61, 0x73, 0x6d, 13, 0, 1, 0];
  if (depth === 0) return Uint8Array.from(header);
  const inner = nested(depth - 1);
  const length = [(inner.length & 0x7f) | 0x80, inner.length >> 7];
  return Uint8Array.from([...header, 4, ...length, ...inner]);
}

function described(found: Issue[] | SpinError): string[] {
  return isSpinError(found) ? [describeError(found)] : found.map(describeIssue);
}

/** Next steps that serve every case of a code are checked with the table; here stand those of the single case. */
test.each(texts)("%s", (code, provoke, text) => {
  const found = provoke();
  const codes = isSpinError(found) ? [found.code] : found.map((it) => it.code);
  expect(codes).toEqual([code]);
  const [said = ""] = described(found);
  expect(said.slice(0, text.length)).toBe(text);
});

describe("each text", () => {
  const all = texts.flatMap(([, provoke]) => described(provoke()));

  test("ends with the next step, as a sentence", () => {
    expect(all.filter((text) => !/[.?]$/.test(text))).toEqual([]);
  });

  test("is one line without doubled full stops", () => {
    expect(all.filter((text) => /\n|[^.]\.\.( |$)|\. \(ERR/.test(text))).toEqual([]);
  });

  test("says nothing of members that are not there", () => {
    expect(all.filter((text) => /undefined|\[object|NaN/.test(text))).toEqual([]);
  });

  test("repeats no value that could be secret", () => {
    expect(all.filter((text) => text.includes("canary-value"))).toEqual([]);
  });
});

/** Those of `validateManifest` and of the doctor are beside their own tests. */
const goldenTexts = [
  "../validate/manifest/__snapshots__/validate-manifest",
  "../doctor/__snapshots__/examine",
]
  .map((name) => readFileSync(new URL(`${name}.test.ts.snap`, import.meta.url), "utf8"))
  .join("\n");

test("every code of the model has its text here, or among the golden texts of validateManifest and the doctor", () => {
  const codes = Object.keys({ ...manifestErrors, ...capabilityErrors, ...wasmErrors });
  const known = new Set([
    ...texts.map(([code]) => code as string),
    ...(goldenTexts.match(/ERR_SPIN_\w+/g) ?? []),
  ]);
  expect(codes.filter((code) => !known.has(code))).toEqual([]);
});

describe("SpinError", () => {
  test("takes fault and hint from the table of codes, unless the place that throws knows better", () => {
    expect(new SpinError("ERR_SPIN_WASM_MAGIC", "x")).toMatchObject({
      fault: "user",
      hint: expect.stringMatching(/\.$/),
      path: undefined,
    });
    expect(new SpinError("ERR_SPIN_WASM_MAGIC", "x", { hint: "y", path: "z" })).toMatchObject({
      hint: "y",
      path: "z",
    });
  });

  test("is known by its brand, also from another copy of this package", () => {
    expect(isSpinError({ [Symbol.for("pulumi-spin.error")]: true })).toBe(true);
    expect([undefined, null, "ERR_SPIN_X", new Error("x"), { code: "ERR_SPIN_X" }].some(isSpinError)).toBe(
      false,
    );
  });

  test("keeps its cause, and has none when there was none", () => {
    const cause = new Error("why");
    expect(new SpinError("ERR_SPIN_WASM_MAGIC", "x", { cause }).cause).toBe(cause);
    expect("cause" in new SpinError("ERR_SPIN_WASM_MAGIC", "x")).toBe(false);
  });

  test.each([
    [new Error("plain"), "plain"],
    ["text", "text"],
    [undefined, "undefined"],
  ])("describeError says what there is to say of %p", (error, text) => {
    expect(describeError(error)).toBe(text);
  });
});

test("an issue is an error unless it says that it is a warning, and has the table's next step unless it knows better", () => {
  expect(issue("ERR_SPIN_APP_NAME", "name", "m")).toMatchObject({
    severity: "error",
    hint: manifestErrors.ERR_SPIN_APP_NAME.hint,
  });
  expect(issue("ERR_SPIN_APP_NAME", "", "m", { severity: "warning", hint: "h" })).toMatchObject({
    severity: "warning",
    hint: "h",
  });
  expect(describeIssue(issue("ERR_SPIN_APP_NAME", "", "Found.", { hint: "Do." }))).toBe("Found. Do.");
});
