import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  parseRuntimeConfig,
  redactRuntimeConfig,
  type RuntimeConfig,
  runtimeConfigSecrets,
  validateRuntimeConfig,
} from "../../../model/index.ts";
import { arbitraryConfig } from "./arbitrary-config.ts";
import { wholeConfig } from "./whole-config.ts";

const whole = parseRuntimeConfig(wholeConfig);

test("the secrets of a whole configuration are found by their paths", () => {
  expect(runtimeConfigSecrets(whole)).toEqual([
    "key_value_store.cache.url",
    "key_value_store.cosmos.key",
    "key_value_store.dynamo.access_key",
    "key_value_store.dynamo.secret_key",
    "key_value_store.dynamo.token",
    "sqlite_database.remote.token",
    "variables_provider[0].values.greeting",
    "variables_provider[2].token",
    "variables_provider[3].client_secret",
    "llm_compute.auth_token",
  ]);
});

test("a redacted configuration shows everything but the secrets", () => {
  const redacted = redactRuntimeConfig(whole);
  expect(JSON.stringify(redacted)).not.toContain("canary");
  expect(redacted.key_value_store?.["cosmos"]).toEqual({
    type: "azure_cosmos",
    account: "shop",
    database: "db",
    container: "kv",
    key: "[secret]",
  });
  expect(redacted.client_tls).toEqual(whole.client_tls);
  expect(whole.llm_compute).toMatchObject({ auth_token: "canary-llm" });
});

describe("a URL", () => {
  test.each([
    ["redis://cache:6379/1", false],
    ["rediss://cache/#insecure", false],
    ["redis://user@cache", true],
    ["redis://:canary@cache", true],
    ["redis://cache?password=canary", true],
    ["no url with canary@cache", true],
    ["no url", false],
  ])("%s holds a secret: %s", (url, isSecret) => {
    const config: RuntimeConfig = { key_value_store: { a: { type: "redis", url } } };
    expect(runtimeConfigSecrets(config)).toEqual(isSecret ? ["key_value_store.a.url"] : []);
    expect(JSON.stringify(validateRuntimeConfig(config)).includes("canary")).toBe(false);
  });
});

test.each([
  ["a key that Spin ignores", { key_value_store: { a: { type: "spin", password: "canary" } } }],
  ["a table that Spin ignores", { key_value_store: { a: { type: "spin", auth: { x: "canary" } } } }],
  ["a text in place of a table", { key_value_store: { a: "canary" } }],
  ["a text in place of a section", { llm_compute: "canary" }],
  ["the older name of a section", { config_provider: [{ type: "vault", token: "canary" }] }],
  ["a section that Spin does not know", { vault: { main: { token: "canary" } } }],
])("%s is a secret, to be safe", (_what, config) => {
  expect(runtimeConfigSecrets(config as unknown as RuntimeConfig)).toHaveLength(1);
  expect(JSON.stringify(redactRuntimeConfig(config as unknown as RuntimeConfig))).not.toContain("canary");
});

test("keys that objects have by themselves are hidden and kept", () => {
  const config = parseRuntimeConfig(
    '[[variables_provider]]\ntype = "static"\nvalues = { __proto__ = "canary" }\n',
  );
  const [redacted] = redactRuntimeConfig(config).variables_provider ?? [];
  expect(JSON.stringify(redacted)).toBe('{"type":"static","values":{"__proto__":"[secret]"}}');
});

test("redacting again changes nothing, and finds as many secrets", () => {
  fc.assert(
    fc.property(arbitraryConfig, (config) => {
      const once = redactRuntimeConfig(config);
      expect(redactRuntimeConfig(once)).toEqual(once);
      expect(runtimeConfigSecrets(config).length).toBeGreaterThanOrEqual(runtimeConfigSecrets(once).length);
    }),
    { numRuns: 50 },
  );
});
