/** Each key of a component, and its files. */
import { describe, expect, test } from "@jest/globals";
import { component, digest, found, lock, tables } from "./spin-toml.ts";

const withSource = (source: string): string => component("").replace('"web.wasm"', source);

describe("the source", () => {
  test("1.6 source is required", () => {
    expect(found(component("").replace("source", "description"))).toEqual([
      "error ERR_SPIN_MANIFEST_MISSING component.web.source",
    ]);
  });

  test.each(['"web.wasm"', '"/abs/web.wasm"', '"../web.wat"'])("1.6 source is a path: %s", (source) => {
    expect(found(withSource(source))).toEqual([]);
  });

  test("1.6 source is a URL of http or https with a digest", () => {
    expect(found(withSource(`{ url = "https://a.test/w.wasm", digest = "${digest}" }`))).toEqual([]);
    expect(found(withSource('{ url = "ftp://a.test/w.wasm", digest = "md5:00" }'))).toEqual([
      "error ERR_SPIN_COMPONENT_SOURCE component.web.source.url",
      "error ERR_SPIN_COMPONENT_SOURCE component.web.source.digest",
    ]);
    expect(found(withSource('{ url = "https://a.test/w.wasm" }'))).toEqual([
      "error ERR_SPIN_MANIFEST_MISSING component.web.source.digest",
    ]);
  });

  test("1.6 source is a package with one exact version, of a registry or of the usual one", () => {
    expect(found(withSource('{ package = "a:b", version = "1.2.3" }'))).toEqual([]);
    expect(found(withSource('{ registry = "r.test", package = "a:b", version = "1.2.3-rc.1+x" }'))).toEqual(
      [],
    );
    expect(found(withSource('{ package = "ab", version = "^1" }'))).toEqual([
      "error ERR_SPIN_COMPONENT_SOURCE component.web.source.package",
      "error ERR_SPIN_COMPONENT_SOURCE component.web.source.version",
    ]);
  });
});

describe("the other keys", () => {
  test("1.6 description is text, and left out of the lock when it is empty", () => {
    expect(lock(component('description = "d"')).components[0]?.metadata).toEqual({ description: "d" });
    expect(lock(component('description = ""')).components[0]).not.toHaveProperty("metadata");
  });

  test("1.6 variables are templates by name; the lock calls them config", () => {
    const text = `${component('variables = { b = "{{ t }}!", a = "x" }')}[variables]\nt = { default = "" }`;
    expect(found(text)).toEqual([]);
    expect(JSON.stringify(lock(text).components[0]?.config)).toBe('{"a":"x","b":"{{ t }}!"}');
  });

  test("1.6 environment is literal", () => {
    const text = component('environment = { B = "{{ t }}", A = "x" }');
    expect(found(text)).toEqual([]);
    expect(JSON.stringify(lock(text).components[0]?.env)).toBe('{"A":"x","B":"{{ t }}"}');
  });

  test("1.6 allowed_http_hosts is deprecated, and still counts", () => {
    const text = component(
      'allowed_outbound_hosts = ["redis://r:6379"]\nallowed_http_hosts = ["a.test", "b.test:81"]',
    );
    expect(found(text)).toEqual(["warning ERR_SPIN_COMPONENT_DEPRECATED component.web.allowed_http_hosts"]);
    expect(lock(text).components[0]?.metadata?.allowed_outbound_hosts).toEqual([
      "redis://r:6379",
      "http://a.test",
      "https://a.test",
      "http://b.test:81",
      "https://b.test:81",
    ]);
  });

  test.each(["default", "a-b", "a_b", "A-b"])(
    "1.6 key_value_stores and sqlite_databases take the label %s",
    (label) => {
      expect(found(component(`key_value_stores = ["${label}"]\nsqlite_databases = ["${label}"]`))).toEqual(
        [],
      );
    },
  );

  test.each(["a b", "a.b", "Ab", "2nd", "a-2", "a_B-c", ""])(
    "1.6 key_value_stores and sqlite_databases refuse the label %j",
    (label) => {
      expect(found(component(`key_value_stores = ["${label}"]\nsqlite_databases = ["${label}"]`))).toEqual([
        "error ERR_SPIN_GRANT_LABEL component.web.key_value_stores[0]",
        "error ERR_SPIN_GRANT_LABEL component.web.sqlite_databases[0]",
      ]);
    },
  );

  test("1.6 ai_models are any text", () => {
    expect(found(component('ai_models = ["Llama 2 (chat)!"]'))).toEqual([]);
  });

  test("1.6 the lock calls SQLite databases databases, and sorts its keys", () => {
    const text = component(
      'sqlite_databases = ["d"]\nkey_value_stores = ["k"]\nai_models = ["m"]\ndescription = "x"',
    );
    expect(Object.keys(lock(text).components[0]?.metadata ?? {})).toEqual([
      "ai_models",
      "databases",
      "description",
      "key_value_stores",
    ]);
  });

  test("1.6 [3.6] targets are given for one component too", () => {
    expect(found(component('targets = ["spin-up:4.0"]'))).toEqual([]);
  });

  test.each([
    ["a command", 'build = { command = "make" }', []],
    ["several", 'build = { command = ["npm ci", "npm run build"], workdir = "w", watch = ["src/**"] }', []],
    ["none", 'build = { workdir = "w" }', ["error ERR_SPIN_MANIFEST_MISSING component.web.build.command"]],
    [
      "an absolute workdir",
      'build = { command = "", workdir = "/w" }',
      ["error ERR_SPIN_COMPONENT_BUILD component.web.build.workdir"],
    ],
    [
      "a workdir outside",
      'build = { command = "", workdir = "a/../../w" }',
      ["warning ERR_SPIN_COMPONENT_BUILD component.web.build.workdir"],
    ],
  ])("1.6 build: %s", (_what, lines, expected) => {
    expect(found(component(lines))).toEqual(expected);
  });

  test("1.6 tool is free, and not locked", () => {
    const text = component("[component.web.tool.mine]\nanything = [1, { deep = true }]");
    expect(found(text)).toEqual([]);
    expect(JSON.stringify(lock(text))).not.toContain("anything");
  });

  test("1.6 a component that nothing leads to is taken, and never runs", () => {
    expect(found(tables("[trigger]"))).toEqual([
      "warning ERR_SPIN_APP_ROUTES trigger",
      "warning ERR_SPIN_COMPONENT_UNREACHED component.web",
    ]);
  });
});

describe("files", () => {
  const files = (list: string, more = ""): string[] => found(component(`files = [${list}]\n${more}`));

  test.each([
    '"a.txt"',
    '"a/**/*"',
    '"a/[a-c]?.txt"',
    '{ source = "assets", destination = "/" }',
    '{ source = "assets", destination = "static" }',
  ])("1.7 %s", (item) => {
    expect(files(item)).toEqual([]);
  });

  test.each(['"*"', '"**/*"'])("1.7 %s takes everything, with a warning", (item) => {
    expect(files(item)).toEqual(["warning ERR_SPIN_COMPONENT_FILES component.web.files[0]"]);
  });

  test.each(['"a/."', '"a/.."', '"../a"', '"/etc/passwd"', '""'])("1.7 %s is refused", (item) => {
    expect(files(item)).toEqual(["error ERR_SPIN_COMPONENT_FILES component.web.files[0]"]);
  });

  test("1.7 a table has a source and a destination", () => {
    expect(files('{ source = "a" }')).toEqual([
      "error ERR_SPIN_MANIFEST_MISSING component.web.files[0].destination",
    ]);
  });

  test("1.7 a destination stays inside of the guest's root", () => {
    expect(files('{ source = "a", destination = "/../b" }')).toEqual([
      expect.stringMatching(/^error ERR_SPIN_COMPONENT_FILES component\.web\.files\[0\]/),
    ]);
  });

  test("1.7 exclude_files are patterns", () => {
    expect(files('"a/*"', 'exclude_files = ["a/*.bak", "**/x"]')).toEqual([]);
  });
});
