/** runtime-config.toml, setting by setting, and how variables get their values. */
import { expect, test } from "@jest/globals";
import {
  environmentName,
  isSpinError,
  parseRuntimeConfig,
  runtimeConfigSecrets,
  unconfiguredLabels,
  validateRequiredVariables,
  validateRuntimeConfig,
} from "../../model/index.ts";
import { line } from "./spin-toml.ts";

/** As `found` has it, without the codes' common beginning. */
function found(text: string): string[] {
  try {
    return validateRuntimeConfig(parseRuntimeConfig(text)).map((it) =>
      line(it).replace("ERR_SPIN_RUNTIME_CONFIG_", ""),
    );
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return [`refused ${error.code.replace("ERR_SPIN_RUNTIME_CONFIG_", "")} ${error.path}`];
  }
}

const store = (lines: string): string => `[key_value_store.a]\n${lines}`;
const database = (lines: string): string => `[sqlite_database.a]\n${lines}`;
const provider = (lines: string): string => `[[variables_provider]]\n${lines}`;
const tls = (lines: string): string => `[[client_tls]]\n${lines}`;

test.each([
  ['state_dir = ""\nlog_dir = "logs"'],
  ["max_instance_memory = 1048576"],
  [store('type = "spin"')],
  [store('type = "spin"\npath = "kv.db"')],
  [store('type = "redis"\nurl = "redis://a:6379"')],
  [store('type = "azure_cosmos"\naccount = "a"\ndatabase = "d"\ncontainer = "c"')],
  [store('type = "aws_dynamo"\nregion = "r"\ntable = "t"\nconsistent_read = true')],
  [database('type = "spin"\npath = "/a.db"\nallow_attach_file = true')],
  [database('type = "libsql"\nurl = "https://a.test"\ntoken = "t"')],
  [provider('type = "vault"\nurl = "https://a.test"\ntoken = "t"\nmount = "m"\nprefix = "p"')],
  [provider('type = "azure_key_vault"\nvault_url = "https://a.test"')],
  [provider('type = "env"\nprefix = "P"\ndotenv_path = ".env"')],
  [provider('type = "static"\nvalues = { a = "b" }')],
  ['[llm_compute]\ntype = "spin"'],
  ['[llm_compute]\ntype = "remote_http"\nurl = "https://a.test"\nauth_token = "t"\napi_type = "default"'],
  [tls('component_ids = ["api"]\nhosts = ["a.test"]\nca_use_webpki_roots = true')],
  ['[outbound_networking]\nblock_networks = ["10.0.0.0/8", "private"]\nmax_total_connections = 4'],
  ["[outbound_http]\nconnection_pooling = true\nmax_connections = 4"],
  [
    "[outbound_redis]\nmax_connections = 1\n[outbound_pg]\nmax_connections = 1\n[outbound_mysql]\nmax_connections = 1",
  ],
  ["[outbound_mqtt]\nmax_connections = 1\nmax_payload_size_bytes = 1024"],
])("2.1 is a setting: %j", (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  ["a key that nobody reads", "baz = 1", ["refused KEY baz"]],
  ["an unknown section", "[outbound_kv]\nmax = 1", ["refused KEY outbound_kv"]],
  ["a store without a type", store('path = "a"'), ["refused MISSING key_value_store.a.type"]],
  ["a store of an unknown type", store('type = "etcd"'), ["refused CHOICE key_value_store.a.type"]],
  ["Redis without a url", store('type = "redis"'), ["refused MISSING key_value_store.a.url"]],
  [
    "libSQL without a token",
    database('type = "libsql"\nurl = "https://a.test"'),
    ["refused MISSING sqlite_database.a.token"],
  ],
  [
    "libSQL by another scheme",
    database('type = "libsql"\nurl = "libsql://a.test"\ntoken = "t"'),
    ["error URL sqlite_database.a.url"],
  ],
  [
    "Vault without a mount",
    provider('type = "vault"\nurl = "https://a.test"\ntoken = "t"'),
    ["refused MISSING variables_provider[0].mount"],
  ],
  [
    "client TLS for no component",
    tls('component_ids = []\nhosts = ["a.test"]'),
    ["error TLS client_tls[0].component_ids"],
  ],
  ["client TLS for no host", tls('component_ids = ["api"]\nhosts = []'), ["error TLS client_tls[0].hosts"]],
  [
    "client TLS for a host with a port",
    tls('component_ids = ["api"]\nhosts = ["a.test:443"]'),
    ["error TLS client_tls[0].hosts[0]"],
  ],
  [
    "a certificate without its key",
    tls('component_ids = ["api"]\nhosts = ["a.test"]\nclient_cert_file = "c.pem"'),
    ["error TLS client_tls[0]"],
  ],
  [
    "both limits of HTTP",
    "[outbound_http]\nconnection_pooling = true\nmax_connections = 1\nmax_concurrent_requests = 1",
    [expect.stringMatching(/^error LIMIT outbound_http\./)],
  ],
  [
    "a network that is none",
    '[outbound_networking]\nblock_networks = ["10.0.0.0/33"]',
    ["error NETWORK outbound_networking.block_networks[0]"],
  ],
  ["a size that is none", "max_instance_memory = 1.5", ["refused TYPE max_instance_memory"]],
])("2.1 is refused: %s", (_what, text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  [
    "two of the three ids of Azure",
    provider('type = "azure_key_vault"\nvault_url = "https://a.test"\nclient_id = "a"\nclient_secret = "b"'),
    /variables_provider\[0\]/,
  ],
  [
    "two labels of one Redis, whose data they share",
    `${store('type = "redis"\nurl = "redis://a"')}\n[key_value_store.b]\ntype = "redis"\nurl = "redis://a"`,
    /^warning SHARED key_value_store\.b/,
  ],
  [
    "HTTP settings without connection_pooling, which turn it off",
    "[outbound_http]\nmax_connections = 1",
    /^warning POOLING outbound_http/,
  ],
  [
    "a path of a database, which is relative to where Spin is started",
    database('type = "spin"\npath = "a.db"'),
    /^warning PATH sqlite_database\.a\.path/,
  ],
])("2.1 [TRAP] is told: %s", (_what, text, expected) => {
  expect(found(text)).toEqual([expect.stringMatching(expected)]);
});

test("2.1 [[config_provider]] is the older name of [[variables_provider]]", () => {
  expect(parseRuntimeConfig('[[config_provider]]\ntype = "env"')).toEqual({
    variables_provider: [{ type: "env" }],
  });
});

test("2.1 secrets are passwords, keys, tokens and values, and URLs that may hold one", () => {
  const config = parseRuntimeConfig(
    [
      store('type = "redis"\nurl = "redis://:pw@a"'),
      provider('type = "vault"\nurl = "https://a.test"\ntoken = "t"\nmount = "m"'),
      provider('type = "static"\nvalues = { a = "b" }'),
    ].join("\n"),
  );
  expect(runtimeConfigSecrets(config)).toEqual([
    "key_value_store.a.url",
    "variables_provider[0].token",
    "variables_provider[1].values.a",
  ]);
});

test("2.2 a required variable must be possibly resolvable: static and env say yes or no, a vault says maybe", () => {
  const required = { token: {} };
  const codes = (text: string, given = {}) =>
    validateRequiredVariables(required, parseRuntimeConfig(text), { environment: [], ...given }).map(
      ({ code }) => code,
    );
  expect(codes("")).toEqual(["ERR_SPIN_RUNTIME_CONFIG_REQUIRED"]);
  expect(codes("", { variables: ["token"] })).toEqual([]);
  expect(codes("", { environment: ["SPIN_VARIABLE_TOKEN"] })).toEqual([]);
  expect(codes(provider('type = "static"\nvalues = { token = "x" }'))).toEqual([]);
  expect(codes(provider('type = "static"\nvalues = { other = "x" }'))).toEqual([
    "ERR_SPIN_RUNTIME_CONFIG_REQUIRED",
  ]);
  expect(codes(provider('type = "vault"\nurl = "https://a.test"\ntoken = "t"\nmount = "m"'))).toEqual([]);
  expect(validateRequiredVariables({ a: { default: "" } }, {}, { environment: [] })).toEqual([]);
});

test("2.2 9.5 the environment variable is SPIN_VARIABLE_ or another prefix with _, and the name in capitals", () => {
  expect(environmentName("api_token")).toBe("SPIN_VARIABLE_API_TOKEN");
  expect(environmentName("api_token", "SHOP")).toBe("SHOP_API_TOKEN");
});

test("5.3 what is blocked are networks in CIDR notation, or all that is private", () => {
  const networks = (list: string) => found(`[outbound_networking]\nblock_networks = ${list}`);
  expect(networks('["private", "10.0.0.0/8", "fe80::/10", "1.2.3.4/32"]')).toEqual([]);
  expect(networks('["privat", "10.0.0.0"]')).toHaveLength(2);
});

test("5.4 a label that a component lists and nobody configured is caught at the start; default always exists", () => {
  const components = {
    api: { key_value_stores: ["default", "cache"], sqlite_databases: ["default", "shop"] },
  };
  expect(unconfiguredLabels(components, {}).map(({ path }) => path)).toEqual([
    "component.api.key_value_stores[1]",
    "component.api.sqlite_databases[1]",
  ]);
});
