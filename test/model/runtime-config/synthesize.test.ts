import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseRuntimeConfig, type RuntimeConfig, synthesizeRuntimeConfig } from "../../../model/index.ts";
import { arbitraryConfig } from "./arbitrary-config.ts";
import { wholeConfig } from "./whole-config.ts";

test("a whole configuration has the sections of spin.md 2.1 in their order", () => {
  const text = synthesizeRuntimeConfig(parseRuntimeConfig(wholeConfig));
  expect(text.match(/^\[.*\]$/gm)).toEqual([
    "[key_value_store.cache]",
    "[key_value_store.cosmos]",
    "[key_value_store.default]",
    "[key_value_store.dynamo]",
    "[sqlite_database.default]",
    "[sqlite_database.remote]",
    "[[variables_provider]]",
    "[variables_provider.values]",
    "[[variables_provider]]",
    "[[variables_provider]]",
    "[[variables_provider]]",
    "[llm_compute]",
    "[[client_tls]]",
    "[outbound_networking]",
    "[outbound_http]",
    "[outbound_redis]",
    "[outbound_pg]",
    "[outbound_mysql]",
    "[outbound_mqtt]",
  ]);
});

test("a small configuration is written as a person would write it", () => {
  const config: RuntimeConfig = {
    client_tls: [{ hosts: ["a.example", "b.example"], component_ids: ["api"] }],
    variables_provider: [
      { values: { b: "2", a: 'say "hi"' }, type: "static" },
      { prefix: "SHOP", type: "env" },
    ],
    key_value_store: { "session.data": { path: "kv.db", type: "spin" } },
    state_dir: "state",
  };
  expect(synthesizeRuntimeConfig(config)).toBe(`state_dir = "state"

[key_value_store."session.data"]
type = "spin"
path = "kv.db"

[[variables_provider]]
type = "static"

[variables_provider.values]
a = "say \\"hi\\""
b = "2"

[[variables_provider]]
type = "env"
prefix = "SHOP"

[[client_tls]]
component_ids = ["api"]
hosts = [
  "a.example",
  "b.example",
]
`);
});

describe("the least", () => {
  test.each<[string, RuntimeConfig, string]>([
    ["no settings are no text", {}, ""],
    ["no provider", { variables_provider: [] }, "variables_provider = []\n"],
    ["no store", { key_value_store: {} }, "[key_value_store]\n"],
    ["no limit", { outbound_pg: {} }, "[outbound_pg]\n"],
  ])("%s", (_what, config, text) => {
    expect(synthesizeRuntimeConfig(config)).toBe(text);
    expect(parseRuntimeConfig(text)).toEqual(config);
  });
});

test("what is written is read as the same", () => {
  fc.assert(
    fc.property(arbitraryConfig, (config) => {
      expect(parseRuntimeConfig(synthesizeRuntimeConfig(config))).toEqual(wellFormed(config));
    }),
    { numRuns: 200 },
  );
});

test("the order of keys and labels does not change a byte", () => {
  fc.assert(
    fc.property(arbitraryConfig, (config) => {
      expect(synthesizeRuntimeConfig(backwards(config) as RuntimeConfig)).toBe(
        synthesizeRuntimeConfig(config),
      );
    }),
    { numRuns: 100 },
  );
});

test("keys that Spin ignores are written as well", () => {
  const config = { key_value_store: { a: { type: "spin", note: { since: 1979, by: ["me"] } } } };
  expect(parseRuntimeConfig(synthesizeRuntimeConfig(config as unknown as RuntimeConfig))).toEqual(config);
});

/** TOML is UTF-8 and cannot hold lone surrogates. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]),
  );
}

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, backwards(member)]),
  );
}
