/** Targets, dependencies of components, profiles and templates. */
import { describe, expect, test } from "@jest/globals";
import { application, component, digest, found, lock, normal } from "./spin-toml.ts";

describe("targets", () => {
  test.each(['"spin-up:4.0"', '{ url = "https://a.test/e.toml" }', '{ path = "e.toml" }'])(
    "1.10 a target is %s",
    (target) => {
      expect(found(application(`targets = [${target}]`))).toEqual([]);
    },
  );

  test.each(['"spin-up"', "7", '{ url = "a", path = "b" }', "{}"])("1.10 a target is not %s", (target) => {
    expect(found(application(`targets = [${target}]`))).toEqual([
      "error ERR_SPIN_COMPONENT_TARGETS application.targets[0]",
    ]);
  });
});

const dependency = (name: string, value: string, more = ""): string =>
  component(
    `${more}dependencies = { "${name}" = ${value} }\n[component.lib]\nsource = "lib.wasm"\n[[trigger.cron]]\ncomponent = "lib"`,
  );
const at = (code: string, name: string, rest = ""): string =>
  `error ERR_SPIN_DEPENDENCY_${code} component.web.dependencies.${/^[\w-]+$/.test(name) ? name : JSON.stringify(name)}${rest}`;

describe("dependencies", () => {
  test.each(["ns:pkg", "ns:pkg@1.2.3", "ns:pkg/iface", "ns:pkg/iface@1.0.0-rc.1", "word", "two-words"])(
    "1.11 the name %s",
    (name) => {
      expect(found(dependency(name, '{ path = "a.wasm" }'))).toEqual([]);
    },
  );

  test.each(["a b", "ns:", "ns:pkg@", "ns:pkg@1", "a_b", ""])("1.11 no name: %j", (name) => {
    expect(found(dependency(name, '{ path = "a.wasm" }'))).toEqual([at("NAME", name)]);
  });

  test.each([
    ["a version", '"^1.2"'],
    ["a version as a table", '{ version = ">=1, <2", registry = "r.test", package = "x:y" }'],
    ["a path", '{ path = "a.wasm" }'],
    ["a URL", `{ url = "https://a.test/a.wasm", digest = "${digest}" }`],
    ["[3.5] a component", '{ component = "lib" }'],
  ])("1.11 the form: %s", (_what, value) => {
    expect(found(dependency("ns:pkg", value))).toEqual([]);
  });

  test.each(["latest", "^", "1.x.y"])("1.11 %j is no version requirement", (version) => {
    expect(found(dependency("ns:pkg", `"${version}"`))).toEqual([at("FORM", "ns:pkg")]);
  });

  test("1.11 a plain word from a registry names its package", () => {
    expect(found(dependency("word", '"1.0"'))).toEqual([at("FORM", "word")]);
    expect(found(dependency("word", '{ version = "1.0", package = "a:b" }'))).toEqual([]);
  });

  test("1.11 a whole package is not satisfied by one export", () => {
    expect(found(dependency("ns:pkg", '{ path = "a.wasm", export = "e" }'))).toEqual([
      at("FORM", "ns:pkg", ".export"),
    ]);
    expect(found(dependency("ns:pkg/i", '{ path = "a.wasm", export = "e" }'))).toEqual([]);
  });

  test.each([
    ["a package and its interface", "ns:pkg", "ns:pkg/i", true],
    ["two interfaces", "ns:pkg/a", "ns:pkg/b", false],
    ["two versions that are compatible", "ns:pkg@1.0.0", "ns:pkg@1.5.0", true],
    ["two versions that are not", "ns:pkg@1.0.0", "ns:pkg@2.0.0", false],
    ["the same interface in compatible versions", "ns:pkg/i@0.2.0", "ns:pkg/i@0.2.9", true],
    ["two before 1.0", "ns:pkg/i@0.2.0", "ns:pkg/i@0.3.0", false],
  ])("1.11 names of one package claim different imports: %s", (_what, a, b, conflicts) => {
    const codes = found(
      component(`dependencies = { "${a}" = { path = "a.wasm" }, "${b}" = { path = "b.wasm" } }`),
    );
    expect(codes).toEqual(conflicts ? [expect.stringContaining("ERR_SPIN_DEPENDENCY_CONFLICT")] : []);
  });

  test("1.11 [3.5] a component that is a dependency exists", () => {
    expect(found(dependency("ns:pkg", '{ component = "lbi" }'))).toEqual([
      at("COMPONENT", "ns:pkg", ".component"),
    ]);
  });

  test.each([
    'ai_models = ["m"]',
    'allowed_outbound_hosts = ["https://a.test"]',
    'environment = { A = "1" }',
    'files = ["a/*"]',
    'key_value_stores = ["default"]',
    'sqlite_databases = ["default"]',
    'variables = { a = "" }',
    'dependencies = { "x:y" = "1.0" }',
  ])("1.11 [3.5] a component that is a dependency has no %s", (line) => {
    const text = component(
      `dependencies = { "a:b" = { component = "lib" } }\n[component.lib]\nsource = "lib.wasm"\n${line}`,
    );
    expect(found(text)).toEqual([
      expect.stringContaining("error ERR_SPIN_DEPENDENCY_COMPONENT component.web.dependencies"),
    ]);
  });

  test.each([
    "true",
    "false",
    "[]",
    '["ai_models", "allowed_outbound_hosts", "environment", "files", "key_value_stores", "sqlite_databases", "variables"]',
  ])("1.11 inherit_configuration = %s", (inherit) => {
    expect(found(dependency("ns:pkg", `{ path = "a.wasm", inherit_configuration = ${inherit} }`))).toEqual(
      [],
    );
  });

  test("1.11 what cannot be inherited, Spin ignores; here it is told", () => {
    expect(found(dependency("ns:pkg", '{ path = "a.wasm", inherit_configuration = ["filse"] }'))).toEqual([
      expect.stringMatching(
        /ERR_SPIN_DEPENDENCY_INHERIT component\.web\.dependencies\."ns:pkg"\.inherit_configuration/,
      ),
    ]);
  });

  test("1.11 nothing is inherited unless it says so", () => {
    const [web] = lock(dependency("ns:pkg", '{ path = "a.wasm" }')).components;
    expect(web?.dependencies?.["ns:pkg"]).not.toHaveProperty("inherit");
  });

  test("1.11 both settings of inheritance do not go together", () => {
    const value = '{ path = "a.wasm", inherit_configuration = false }';
    expect(found(dependency("ns:pkg", value, "dependencies_inherit_configuration = true\n"))).toEqual([
      "error ERR_SPIN_DEPENDENCY_INHERIT component.web.dependencies_inherit_configuration",
    ]);
  });
});

describe("profiles", () => {
  const profiles = component(`environment = { A = "1", B = "1" }
build = { command = "make", workdir = "w", watch = ["src/*"] }
dependencies = { "a:b" = "1.0", "c:d" = "1.0" }
[component.web.profile.debug]
source = "debug.wasm"
environment = { B = "2", C = "2" }
build = { command = "make debug" }
dependencies = { "c:d" = "2.0", "e:f" = "2.0" }
[component.lib]
source = "lib.wasm"
[component.lib.profile.debug]
build = { command = "make lib" }`);
  const debug = normal(profiles, "debug").component;

  test("1.12 [4.0] the source replaces", () => {
    expect(debug["web"]?.source).toBe("debug.wasm");
    expect(normal(profiles).component["web"]?.source).toBe("web.wasm");
  });

  test("1.12 [4.0] environment and dependencies are added, and win", () => {
    expect(debug["web"]?.environment).toEqual({ A: "1", B: "2", C: "2" });
    expect(debug["web"]?.dependencies).toEqual({ "a:b": "1.0", "c:d": "2.0", "e:f": "2.0" });
  });

  test("1.12 [4.0] of a build, the command alone is replaced, and there is one where there was none", () => {
    expect(debug["web"]?.build).toEqual({ command: "make debug", workdir: "w", watch: ["src/*"] });
    expect(debug["lib"]?.build).toEqual({ command: "make lib" });
  });

  test("1.12 [4.0] components without the profile stay as they are", () => {
    const other = `${profiles}\n[component.plain]\nsource = "plain.wasm"`;
    expect(normal(other, "debug").component["plain"]).toEqual({ source: "plain.wasm" });
  });

  test("1.12 [4.0] the lock tells the profile", () => {
    expect(lock(profiles, { profile: "debug" }).metadata["profile"]).toBe("debug");
  });

  test("1.12 [4.0] other keys are refused", () => {
    expect(found(component("profile.debug = { files = [] }"))).toEqual([
      "error ERR_SPIN_MANIFEST_KEY component.web.profile.debug.files",
    ]);
  });
});

describe("templates", () => {
  const variables = '[variables]\nhost = { default = "a.test" }';
  const error = "error ERR_SPIN_TEMPLATE_";

  test("1.13 blanks around a name do not count", () => {
    expect(found(`${component('variables = { a = "{{host}} {{  host  }}" }')}${variables}`)).toEqual([]);
  });

  test("1.13 what is opened is closed", () => {
    expect(found(`${component('variables = { a = "{{ host" }')}${variables}`)).toEqual([
      `${error}UNMATCHED component.web.variables.a`,
    ]);
  });

  test("1.13 nothing is escaped, and closing alone is text", () => {
    expect(found(component("variables = { a = '}} { } %7B' }"))).toEqual([]);
    expect(found(component(String.raw`variables = { a = '\{{ host }}' }`))).toEqual([
      `${error}VARIABLE component.web.variables.a`,
    ]);
  });

  test("1.13 variables of the application alone may be named", () => {
    expect(found(component('variables = { own = "x", a = "{{ own }}" }'))).toEqual([
      `${error}VARIABLE component.web.variables.a`,
    ]);
  });

  test("1.13 environment, files, routes, sources and builds are no templates", () => {
    const text = component(
      'environment = { A = "{{ x }}" }\nfiles = ["{{ x }}/a"]\nbuild = { command = "{{ x }}" }',
    )
      .replace('"web.wasm"', '"{{ x }}.wasm"')
      .replace('"/..."', '"/x/{{x}}"');
    expect(found(text).filter((it) => it.includes("TEMPLATE"))).toEqual([]);
  });

  test("1.13 allowed hosts are", () => {
    expect(found(`${component('allowed_outbound_hosts = ["https://{{ host }}"]')}${variables}`)).toEqual([]);
    expect(found(component('allowed_outbound_hosts = ["https://{{ hots }}"]'))).toEqual([
      `${error}VARIABLE component.web.allowed_outbound_hosts[0]`,
    ]);
  });
});
