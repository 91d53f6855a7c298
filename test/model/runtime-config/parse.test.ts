import { describe, expect, test } from "@jest/globals";
import { describeError, parseRuntimeConfig } from "../../../model/index.ts";
import { caught } from "../../support/caught.ts";
import { wholeConfig } from "./whole-config.ts";

test("spin.md 2.1: every section, store, provider and setting is read as it stands there", () => {
  const config = parseRuntimeConfig(wholeConfig);
  expect(Object.keys(config)).toHaveLength(14);
  expect(config.max_instance_memory).toBe(128 * 1024 * 1024);
  expect(Object.values(config.key_value_store ?? {}).map(({ type }) => type)).toEqual([
    "spin",
    "redis",
    "azure_cosmos",
    "aws_dynamo",
  ]);
  expect(config.variables_provider?.map(({ type }) => type)).toEqual([
    "static",
    "env",
    "vault",
    "azure_key_vault",
  ]);
  expect(config.llm_compute).toEqual({
    type: "remote_http",
    url: "https://llm.example.com",
    auth_token: "canary-llm",
    api_type: "open_ai",
  });
});

test("an empty text is a configuration without settings", () => {
  expect(parseRuntimeConfig("")).toEqual({});
});

describe("spin.md 2.1: [[config_provider]] is the older name of [[variables_provider]]", () => {
  test("it is read as the newer one", () => {
    const text = '[[config_provider]]\ntype = "env"\nprefix = "A"\n';
    expect(parseRuntimeConfig(text)).toEqual({ variables_provider: [{ type: "env", prefix: "A" }] });
  });

  test("besides the newer one it would not be read, and Spin refuses it", () => {
    const text = '[[variables_provider]]\ntype = "env"\n[[config_provider]]\ntype = "env"\n';
    const error = caught(() => parseRuntimeConfig(text));
    expect(error).toMatchObject({ code: "ERR_SPIN_RUNTIME_CONFIG_KEY", path: "config_provider" });
    expect(error.hint).toContain("[[variables_provider]]");
  });
});

describe("text that is no TOML says line and column, and repeats nothing of it", () => {
  test.each([
    ["a value that is missing", 'state_dir = "a"\nlog_dir =\n', "2:"],
    ["a text that is not closed", '[llm_compute]\nauth_token = "canary\n', "2:"],
    ["a secret without quotes", 'auth_token = "canary"\nkey = canary-key\n', "2:"],
    ["a section twice", "[outbound_pg]\n[outbound_pg]\n", "2:"],
  ])("%s", (_what, text, line) => {
    const error = caught(() => parseRuntimeConfig(text));
    expect(error.code).toBe("ERR_SPIN_RUNTIME_CONFIG_TOML");
    expect(error.path?.startsWith(line)).toBe(true);
    expect(error.cause).toBeUndefined();
    expect(`${describeError(error)} ${error.stack}`).not.toContain("canary");
  });
});

describe("spin.md 2.1: a key that nobody reads fails the start", () => {
  test.each([
    ['baz = "/baz"', "baz", "known are state_dir"],
    ['state_dri = "a"', "state_dri", 'Did you mean "state_dir"?'],
    ["[outbound_kv]", "outbound_kv", ""],
    ["[outbound_htpp]", "outbound_htpp", 'Did you mean "outbound_http"?'],
    ["[outbound_pg]\nmax_conections = 1", "outbound_pg.max_conections", 'Did you mean "max_connections"?'],
    ["[outbound_networking]\nblock = []", "outbound_networking.block", "known are block_networks"],
    ['[sqlite_database.a]\ntype = "spin"\npaht = "a"', "sqlite_database.a.paht", 'Did you mean "path"?'],
    [
      '[sqlite_database.a]\ntype = "libsql"\nurl = "https://a"\ntoken = ""\nkey = ""',
      "sqlite_database.a.key",
      "",
    ],
    ['[[variables_provider]]\ntype = "env"\nprefx = "A"', "variables_provider[0].prefx", '"prefix"'],
    ['[[client_tls]]\ncomponent_ids = []\nhosts = []\nhost = "a"', "client_tls[0].host", '"hosts"'],
  ])("%s", (text, path, hint) => {
    const error = caught(() => parseRuntimeConfig(text));
    expect(error).toMatchObject({ code: "ERR_SPIN_RUNTIME_CONFIG_KEY", path });
    expect(error.hint).toContain(hint);
  });

  test("where Spin ignores keys they are kept, and validation speaks about them", () => {
    const text = '[key_value_store.a]\ntype = "spin"\npaht = "a"\n';
    expect(parseRuntimeConfig(text)).toEqual({ key_value_store: { a: { type: "spin", paht: "a" } } });
  });
});

describe("spin.md 2.1: required fields", () => {
  test.each([
    ["[key_value_store.a]", "type"],
    ['[key_value_store.a]\ntype = "redis"', "url"],
    ['[key_value_store.a]\ntype = "azure_cosmos"\naccount = ""\ndatabase = ""', "container"],
    ['[key_value_store.a]\ntype = "aws_dynamo"\nregion = ""', "table"],
    ['[sqlite_database.a]\ntype = "libsql"\nurl = "https://a"', "token"],
    ['[sqlite_database.a]\ntype = "libsql"\ntoken = ""', "url"],
    ['[[variables_provider]]\nprefix = "A"', "type"],
    ['[[variables_provider]]\ntype = "static"', "values"],
    ['[[variables_provider]]\ntype = "vault"\nurl = ""\ntoken = ""', "mount"],
    ['[[variables_provider]]\ntype = "azure_key_vault"', "vault_url"],
    ['[llm_compute]\ntype = "remote_http"\nurl = "https://a"', "auth_token"],
    ["[[client_tls]]\nhosts = []", "component_ids"],
  ])("%s", (text, key) => {
    const error = caught(() => parseRuntimeConfig(text));
    expect(error.code).toBe("ERR_SPIN_RUNTIME_CONFIG_MISSING");
    expect(error.path?.endsWith(`.${key}`)).toBe(true);
    expect(error.message).toContain(`has no "${key}"`);
  });
});

test("a type that is a table, which cannot even be written as text, is told as one", () => {
  expect(describeError(caught(() => parseRuntimeConfig("[llm_compute.type]\na = 1")))).toContain(
    "llm_compute.type is a table; expected ",
  );
});

describe("spin.md 2.1: types of stores and providers, and words to choose from", () => {
  test.each([
    ['[key_value_store.a]\ntype = "rediss"', "key_value_store.a.type", 'Did you mean "redis"?'],
    ['[key_value_store.a]\ntype = "libsql"', "key_value_store.a.type", ""],
    ['[key_value_store.a]\ntype = "toString"', "key_value_store.a.type", ""],
    ['[sqlite_database.a]\ntype = "redis"', "sqlite_database.a.type", ""],
    ['[[variables_provider]]\ntype = "valut"', "variables_provider[0].type", 'Did you mean "vault"?'],
    ['[llm_compute]\ntype = "remote"', "llm_compute.type", ""],
    [
      '[llm_compute]\ntype = "remote_http"\nurl = ""\nauth_token = ""\napi_type = "openai"',
      "llm_compute.api_type",
      'Did you mean "open_ai"?',
    ],
    [
      '[[variables_provider]]\ntype = "azure_key_vault"\nvault_url = ""\nauthority_host = "AzurePublic"',
      "variables_provider[0].authority_host",
      "",
    ],
  ])("%s", (text, path, hint) => {
    const error = caught(() => parseRuntimeConfig(text));
    expect(error).toMatchObject({ code: "ERR_SPIN_RUNTIME_CONFIG_CHOICE", path });
    expect(error.message).toContain("; expected ");
    expect(error.hint).toContain(hint);
  });
});

describe("types", () => {
  test.each([
    ["state_dir = 1", "state_dir", "the number 1; expected a string"],
    ['max_instance_memory = "1GB"', "max_instance_memory", "a whole number"],
    ["max_instance_memory = 1.5", "max_instance_memory", "a whole number"],
    ['[outbound_http]\nconnection_pooling = "true"', "outbound_http.connection_pooling", "a boolean"],
    ['key_value_store = "a"', "key_value_store", "a string; expected a table of stores"],
    ["[[key_value_store]]", "key_value_store", "a list; expected a table"],
    ['[variables_provider]\ntype = "env"', "variables_provider", "a table; expected a list"],
    ["[key_value_store.a]\ntype = 1", "key_value_store.a.type", "a number"],
    ['[key_value_store.a]\ntype = ["spin"]', "key_value_store.a.type", "a list"],
    ["variables_provider = [1979-05-27]", "variables_provider[0]", "a date"],
    ["llm_compute = []", "llm_compute", "a list; expected a table"],
  ])("%s", (text, path, expected) => {
    const error = caught(() => parseRuntimeConfig(text));
    expect(error).toMatchObject({ code: "ERR_SPIN_RUNTIME_CONFIG_TYPE", path });
    expect(error.message).toContain(expected);
  });

  test("all problems are in the message", () => {
    const error = caught(() => parseRuntimeConfig('baz = 1\nlog_dir = 2\n[key_value_store.a]\ntype = "x"\n'));
    expect(error.message).toMatch(/"baz"\. And 2 more: .*log_dir.*key_value_store\.a\.type/s);
  });

  test.each([
    "[key_value_store]\na = 'redis://:canary@h'",
    "key_value_store = 'canary'",
    "variables_provider = 'canary'",
    "variables_provider = ['canary']",
    "llm_compute = 'canary'",
    "[[variables_provider]]\ntype = 'static'\nvalues = 'canary'",
    "[[variables_provider]]\ntype = 'static'\nvalues = { a = 271828182 }",
    "[[variables_provider]]\ntype = 'vault'\nurl = ''\nmount = ''\ntoken = 271828182",
    "[llm_compute]\ntype = 'remote_http'\nurl = 271828182\nauth_token = true",
  ])("a value that may be a secret is not repeated: %s", (text) => {
    const error = caught(() => parseRuntimeConfig(text));
    expect(error.code).toBe("ERR_SPIN_RUNTIME_CONFIG_TYPE");
    expect(describeError(error)).not.toMatch(/canary|271828182/);
  });
});

test("keys that objects have by themselves are labels like others", () => {
  const text = '[key_value_store.__proto__]\ntype = "spin"\n[key_value_store.constructor]\ntype = "spin"\n';
  const { key_value_store: stores = {} } = parseRuntimeConfig(text);
  expect(Object.keys(stores)).toEqual(["__proto__", "constructor"]);
  expect(({} as { type?: string }).type).toBeUndefined();
});
