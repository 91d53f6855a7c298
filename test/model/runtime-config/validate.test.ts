import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { describeIssue, parseRuntimeConfig, validateRuntimeConfig } from "../../../model/index.ts";
import { arbitraryConfig } from "./arbitrary-config.ts";
import { wholeConfig } from "./whole-config.ts";

/** `severity CODE path` of what is wrong with a text, without the codes' common beginning. */
function found(text: string): string[] {
  return validateRuntimeConfig(parseRuntimeConfig(text)).map(
    ({ severity, code, path }) => `${severity} ${code.replace("ERR_SPIN_RUNTIME_CONFIG_", "")} ${path}`,
  );
}

const texts = (text: string): string =>
  validateRuntimeConfig(parseRuntimeConfig(text)).map(describeIssue).join("\n");
const redis = (label: string, url: string): string =>
  `[key_value_store.${label}]\ntype = "redis"\nurl = "${url}"\n`;
const sqlite = (settings: string): string => `[sqlite_database.a]\n${settings}\n`;
const provider = (settings: string): string => `[[variables_provider]]\n${settings}\n`;
const tls = (settings: string): string =>
  `[[client_tls]]\ncomponent_ids = ["api"]\nhosts = ["a.example"]\n${settings}\n`;

test("a whole configuration is fine, and an empty one", () => {
  expect(texts(wholeConfig)).toBe("");
  expect(texts("")).toBe("");
});

test("what is no configuration is told as its shape, and nothing is thrown", () => {
  expect(validateRuntimeConfig({ client_tls: [{}], oops: 1 } as never).map(({ code }) => code)).toEqual([
    "ERR_SPIN_RUNTIME_CONFIG_MISSING",
    "ERR_SPIN_RUNTIME_CONFIG_MISSING",
    "ERR_SPIN_RUNTIME_CONFIG_KEY",
  ]);
  for (const nonsense of [undefined, null, 1, [], "a"])
    expect(validateRuntimeConfig(nonsense as never)).toHaveLength(1);
  fc.assert(fc.property(arbitraryConfig, (config) => Array.isArray(validateRuntimeConfig(config))));
});

describe("keys that Spin ignores are warned about", () => {
  test.each([
    ['[key_value_store.a]\ntype = "spin"\npaht = "a"', "key_value_store.a.paht", 'Did you mean "path"?'],
    [provider('type = "static"\nvalues = {}\nprefix = ""'), "variables_provider[0].prefix", "Remove it"],
    ['[llm_compute]\ntype = "spin"\nurl = ""', "llm_compute.url", "Remove it"],
  ])("%s", (text, path, hint) => {
    expect(found(text)).toEqual([`warning KEY ${path}`]);
    expect(texts(text)).toContain("which Spin ignores.");
    expect(texts(text)).toContain(hint);
  });
});

describe("spin.md 2.1: any label may be configured, but components name only kebab and snake case", () => {
  test.each(["Mixed", "a_b-c", '""', '"a b"', "__proto__"])("%s", (label) => {
    const text = `[key_value_store.${label}]\ntype = "spin"\n`;
    expect(found(text)).toEqual([expect.stringMatching(/^warning LABEL key_value_store\./)]);
  });

  test("of databases as well", () => {
    expect(found('[sqlite_database.1st]\ntype = "spin"\npath = "/a"')).toEqual([
      "warning LABEL sqlite_database.1st",
    ]);
  });
});

describe("spin.md 2.1: key-value stores", () => {
  test.each([
    ["redis://localhost", true],
    ["rediss://user:pw@cache:6380/3", true],
    ["redis://cache/#insecure", true],
    ["unix:///run/redis.sock?db=1", true],
    ["valkey://cache", true],
    ["localhost:6379", false],
    ["cache", false],
    ["", false],
    ["https://cache", false],
    ["redis://", false],
    ["redis:///1", false],
    ["redis://cache/first", false],
    ["redis+unix://", false],
  ])("the redis url %j is fine: %s", (url, isFine) => {
    expect(found(redis("a", url))).toEqual(isFine ? [] : ["error URL key_value_store.a.url"]);
  });

  test("a redis url with a password is not repeated", () => {
    const text = texts(redis("a", "http://:canary@cache"));
    expect(text).toContain("may hold a secret");
    expect(text).not.toContain("canary");
  });

  test.each([
    ["one url", "redis://cache", "redis://cache"],
    ["a port that is the usual one", "redis://cache:6379", "redis://cache"],
    ["a database that is the usual one", "redis://cache/0", "redis://cache/"],
    ["another user", "redis://a:b@cache/2", "rediss://cache/2"],
    ["one socket", "unix:///run/r.sock", "redis+unix:///run/r.sock?db=0"],
  ])("[TRAP] two labels on one redis share data: %s", (_what, one, other) => {
    const text = redis("a", one) + redis("b", other);
    expect(found(text)).toEqual(["warning SHARED key_value_store.b"]);
    expect(texts(text)).toContain('"a" and "b"');
  });

  test.each([
    ["another host", "redis://a", "redis://b"],
    ["another port", "redis://a", "redis://a:6380"],
    ["another database", "redis://a/1", "redis://a/2"],
    ["another database of a socket", "unix:///r", "unix:///r?db=1"],
  ])("two labels on %s do not", (_what, one, other) => {
    expect(found(redis("a", one) + redis("b", other))).toEqual([]);
  });

  test("two labels on one Cosmos container or one DynamoDB table share data as well", () => {
    const cosmos = 'type = "azure_cosmos"\naccount = "a"\ndatabase = "d"\ncontainer = "c"\n';
    const dynamo = 'type = "aws_dynamo"\nregion = "r"\ntable = "t"\n';
    const text = [cosmos, dynamo, cosmos, dynamo].map((it, index) => `[key_value_store.s${index}]\n${it}`);
    expect(found(text.join(""))).toEqual([
      "warning SHARED key_value_store.s2",
      "warning SHARED key_value_store.s3",
    ]);
  });

  test("labels of one SQLite file do not: the label is part of the key", () => {
    const store = 'type = "spin"\npath = "kv.db"\n';
    expect(found(`[key_value_store.a]\n${store}[key_value_store.b]\n${store}`)).toEqual([]);
  });

  test.each([
    ['access_key = "canary"', "secret_key"],
    ['secret_key = "canary"', "access_key"],
    ['token = "canary"', "access_key and no secret_key"],
  ])("aws_dynamo with only %s takes the credentials of the environment", (key, absent) => {
    const text = `[key_value_store.a]\ntype = "aws_dynamo"\nregion = "r"\ntable = "t"\n${key}\n`;
    expect(found(text)).toEqual(["warning CREDENTIALS key_value_store.a"]);
    expect(texts(text)).toContain(`has no ${absent} besides`);
    expect(texts(text)).not.toContain("canary");
  });

  test("an empty path is no file", () => {
    expect(found('[key_value_store.a]\ntype = "spin"\npath = ""')).toEqual([
      "error PATH key_value_store.a.path",
    ]);
  });
});

describe("spin.md 2.1: SQLite databases", () => {
  test.each([
    ['type = "spin"\npath = "/var/a.db"', []],
    ["type = \"spin\"\npath = 'C:\\a.db'", []],
    ['type = "spin"\npath = "a.db"', ["warning PATH sqlite_database.a.path"]],
    ['type = "spin"\npath = ":memory:"', ["warning PATH sqlite_database.a.path"]],
    ['type = "spin"\npath = ""', ["error PATH sqlite_database.a.path"]],
    ['type = "spin"', ["warning PATH sqlite_database.a"]],
    ['type = "libsql"\ntoken = ""\nurl = "http://localhost:8080"', []],
    ['type = "libsql"\ntoken = ""\nurl = "libsql://a.turso.io"', ["error URL sqlite_database.a.url"]],
    ['type = "libsql"\ntoken = ""\nurl = "HTTPS://a"', ["error URL sqlite_database.a.url"]],
    ['type = "libsql"\ntoken = ""\nurl = "https://"', ["error URL sqlite_database.a.url"]],
    ['type = "libsql"\ntoken = ""\nurl = "a.turso.io"', ["error URL sqlite_database.a.url"]],
  ])("%s", (settings, expected) => {
    expect(found(sqlite(settings))).toEqual(expected);
  });

  test("[TRAP] a relative path is relative to the working directory", () => {
    expect(texts(sqlite('type = "spin"\npath = "a.db"'))).toContain("working directory of Spin");
  });

  test("libsql over its own scheme is one letter away", () => {
    const text = texts(sqlite('type = "libsql"\ntoken = "canary"\nurl = "libsql://a.turso.io"'));
    expect(text).toBe(
      'sqlite_database.a.url: sqlite_database.a.url is "libsql://a.turso.io"; expected a URL of http or https. ' +
        'Did you mean "https://a.turso.io"?',
    );
    expect(texts(sqlite('type = "libsql"\ntoken = ""\nurl = "libsql://a?authToken=canary"'))).not.toContain(
      "canary",
    );
  });
});

describe("spin.md 2.1: providers of variables", () => {
  const azure = 'type = "azure_key_vault"\nvault_url = "https://v"\n';

  test.each([
    [azure, []],
    [`${azure}client_id = "a"\nclient_secret = "b"\ntenant_id = "c"`, []],
    [`${azure}client_id = "a"`, ["error CREDENTIALS variables_provider[0]"]],
    [`${azure}client_id = "a"\nclient_secret = "b"`, ["error CREDENTIALS variables_provider[0]"]],
    [`${azure}client_secret = "b"\ntenant_id = "c"`, ["error CREDENTIALS variables_provider[0]"]],
    [`${azure}authority_host = "AzureChina"`, ["warning CREDENTIALS variables_provider[0].authority_host"]],
    ['type = "azure_key_vault"\nvault_url = "v"', ["error URL variables_provider[0].vault_url"]],
    ['type = "vault"\nurl = "v:8200"\ntoken = ""\nmount = ""', ["error URL variables_provider[0].url"]],
    ['type = "env"\nprefix = "APP"', []],
    ['type = "env"\nprefix = "APP_"', ["warning PROVIDER variables_provider[0].prefix"]],
    ['type = "env"\nprefix = ""', ["warning PROVIDER variables_provider[0].prefix"]],
    ['type = "static"\nvalues = { api_token = "" }', []],
    [
      'type = "static"\nvalues = { apiToken = "" }',
      ["warning PROVIDER variables_provider[0].values.apiToken"],
    ],
  ])("%s", (settings, expected) => {
    expect(found(provider(settings))).toEqual(expected);
  });

  test("the three ids of Azure are all or none, and the message says which are missing", () => {
    expect(texts(provider(`${azure}client_secret = "canary"`))).toBe(
      "variables_provider[0]: variables_provider[0] has client_secret, but no client_id and no tenant_id; " +
        "expected all three or none. Give all of them, or none: then Spin uses those of its environment.",
    );
  });

  test("the environment variable that a prefix makes is shown", () => {
    expect(texts(provider('type = "env"\nprefix = "APP_"'))).toContain('"token" is read from APP__TOKEN');
  });

  test("what comes after an Azure Key Vault is never asked, since it fails for what it does not have", () => {
    const text = provider('type = "env"') + provider(azure) + provider('type = "env"');
    expect(found(text)).toEqual(["warning PROVIDER variables_provider[2]"]);
  });
});

test("spin.md 2.1: the url of a remote model", () => {
  const model = (url: string): string =>
    `[llm_compute]\ntype = "remote_http"\nauth_token = "t"\nurl = "${url}"\n`;
  expect(found(model("https://llm"))).toEqual([]);
  expect(found(model("llm"))).toEqual(["error URL llm_compute.url"]);
});

describe("spin.md 2.1: client TLS", () => {
  test.each([
    [
      "component_ids = []\nhosts = []",
      ["error TLS client_tls[0].component_ids", "error TLS client_tls[0].hosts"],
    ],
    ['component_ids = ["not_kebab"]\nhosts = ["a"]', ["error TLS client_tls[0].component_ids[0]"]],
    ['component_ids = ["a"]\nhosts = ["a:443"]', ["error TLS client_tls[0].hosts[0]"]],
    ['component_ids = ["a"]\nhosts = ["a", "[::1]:443"]', ["error TLS client_tls[0].hosts[1]"]],
    ['component_ids = ["a"]\nhosts = ["[::1]", "10.0.0.1"]', []],
    ['component_ids = ["a"]\nhosts = ["::1"]', ["error TLS client_tls[0].hosts[0]"]],
    ['component_ids = ["a"]\nhosts = ["https://a"]', ["error TLS client_tls[0].hosts[0]"]],
    [
      'component_ids = ["a"]\nhosts = ["a/b", ""]',
      ["error TLS client_tls[0].hosts[0]", "error TLS client_tls[0].hosts[1]"],
    ],
    ['component_ids = ["a"]\nhosts = ["*.a"]', ["warning TLS client_tls[0].hosts[0]"]],
  ])("%s", (settings, expected) => {
    expect(found(`[[client_tls]]\n${settings}\n`)).toEqual(expected);
  });

  test.each([
    ['client_cert_file = "c"\nclient_private_key_file = "k"', []],
    ['client_cert_file = "c"', ["error TLS client_tls[0]"]],
    ['client_private_key_file = "k"', ["error TLS client_tls[0]"]],
    ["ca_use_platform_roots = false", ["error TLS client_tls[0]"]],
    ["ca_use_platform_roots = false\nca_use_webpki_roots = false", ["error TLS client_tls[0]"]],
    ['ca_use_platform_roots = false\nca_roots_file = "ca.pem"', []],
    ['ca_roots_file = "ca.pem"', []],
  ])("certificate and key both or none, and some root: %s", (settings, expected) => {
    expect(found(tls(settings))).toEqual(expected);
  });

  test("the port is taken off in the hint", () => {
    expect(texts('[[client_tls]]\ncomponent_ids = ["a"]\nhosts = ["a.example:443"]')).toContain(
      'Write "a.example".',
    );
  });

  test("the first match of component and host wins, so a second one is warned about", () => {
    expect(found(tls("") + tls('ca_roots_file = "ca.pem"'))).toEqual(["warning TLS client_tls[1]"]);
    expect(found(tls("") + '[[client_tls]]\ncomponent_ids = ["web"]\nhosts = ["a.example"]\n')).toEqual([]);
  });
});

describe("spin.md 2.1 and 5.3: block_networks has networks in CIDR notation, or private", () => {
  test.each([
    ["private", true],
    ["1.1.1.1/32", true],
    ["10.1.2.3/8", true],
    ["0.0.0.0/0", true],
    ["fc00::/7", true],
    ["::ffff:10.0.0.0/104", true],
    ["1.1.1.1", false],
    ["::1", false],
    ["1.1.1.1/33", false],
    ["1.1.1/24", false],
    ["fc00::/129", false],
    ["10.0.0.0/", false],
    ["/8", false],
    ["10.0.0.0/a", false],
    ["Private", false],
    ["localhost", false],
    ["", false],
  ])("%j is fine: %s", (network, isFine) => {
    const text = `[outbound_networking]\nblock_networks = ["${network}"]\n`;
    expect(found(text)).toEqual(isFine ? [] : ["error NETWORK outbound_networking.block_networks[0]"]);
  });

  test.each([
    ["1.1.1.1", '"1.1.1.1/32"'],
    ["::1", '"::1/128"'],
    ["Private", '"private"'],
  ])("%s has a suggestion", (network, guess) => {
    expect(texts(`[outbound_networking]\nblock_networks = ["${network}"]`)).toContain(
      `Did you mean ${guess}?`,
    );
  });
});

describe("spin.md 2.1: limits", () => {
  const http = (settings: string): string => `[outbound_http]\nconnection_pooling = true\n${settings}\n`;

  test.each([
    ["max_instance_memory = -1", ["error LIMIT max_instance_memory"]],
    ["[outbound_redis]\nmax_connections = 0", []],
    ["[outbound_pg]\nmax_connections = -1", ["error LIMIT outbound_pg.max_connections"]],
    ["[outbound_mysql]\nmax_connections = -1", ["error LIMIT outbound_mysql.max_connections"]],
    ["[outbound_mqtt]\nmax_payload_size_bytes = -1", ["error LIMIT outbound_mqtt.max_payload_size_bytes"]],
    [
      "[outbound_networking]\nmax_total_connections = -1",
      ["error LIMIT outbound_networking.max_total_connections"],
    ],
    [http("max_connections = 10"), []],
    [http("max_concurrent_requests = 10"), ["warning LIMIT outbound_http.max_concurrent_requests"]],
    [http("max_concurrent_requests = -1"), ["error LIMIT outbound_http.max_concurrent_requests"]],
    [
      http("max_connections = 10\nmax_concurrent_requests = 10"),
      ["error LIMIT outbound_http.max_concurrent_requests"],
    ],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test("the deprecated limit lets one more through", () => {
    expect(texts(http("max_concurrent_requests = 10"))).toContain("Write max_connections = 11.");
  });

  test("[BUG] a table without connection_pooling turns it off", () => {
    expect(found("[outbound_http]\nmax_connections = 10")).toEqual([
      "warning POOLING outbound_http.connection_pooling",
    ]);
    expect(found(http(""))).toEqual([]);
    expect(found("")).toEqual([]);
  });
});
