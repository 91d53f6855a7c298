import { describe, expect, test } from "@jest/globals";
import {
  type AppLocation,
  type ClientTlsConfig,
  clientTlsFor,
  clientTlsRoots,
  outboundHttpSettings,
  runtimeDirectories,
  withRuntimeDefaults,
} from "../../../model/index.ts";

describe("spin.md 2.1: state_dir and log_dir", () => {
  test.each<[string, { state_dir?: string; log_dir?: string }, AppLocation, unknown]>([
    ["a local app", {}, { appFolder: "/app" }, { stateDir: "/app/.spin", logDir: "/app/.spin/logs" }],
    ["a remote app has none", {}, {}, { stateDir: undefined, logDir: undefined }],
    ["the file says so", { state_dir: "s" }, { appFolder: "/app" }, { stateDir: "s", logDir: "s/logs" }],
    ['"" is unset', { state_dir: "" }, { appFolder: "/app" }, { stateDir: undefined, logDir: undefined }],
    [
      'a log_dir of "" is unset',
      { log_dir: "" },
      { appFolder: "/app" },
      { stateDir: "/app/.spin", logDir: undefined },
    ],
    ["a log_dir of its own", { state_dir: "", log_dir: "l" }, {}, { stateDir: undefined, logDir: "l" }],
    [
      "flags win",
      { state_dir: "s", log_dir: "l" },
      { stateDir: "f", logDir: "" },
      { stateDir: "f", logDir: undefined },
    ],
  ])("%s", (_what, config, location, expected) => {
    expect(runtimeDirectories(config, location)).toEqual(expected);
  });
});

describe("spin.md 2.1: defaults without any file", () => {
  test("the label default is a file each in the state folder", () => {
    expect(withRuntimeDefaults({}, "/app/.spin")).toEqual({
      key_value_store: { default: { type: "spin", path: "/app/.spin/sqlite_key_value.db" } },
      sqlite_database: { default: { type: "spin", path: "/app/.spin/sqlite_db.db" } },
      llm_compute: { type: "spin" },
    });
  });

  test("without a state folder they are in memory", () => {
    expect(withRuntimeDefaults({}).key_value_store).toEqual({ default: { type: "spin" } });
  });

  test("other labels do not take the default away, and one that is configured stays", () => {
    const config = {
      key_value_store: { cache: { type: "spin" } },
      sqlite_database: { default: { type: "libsql", url: "https://a", token: "" } },
    } as const;
    const { key_value_store: stores = {}, sqlite_database: databases } = withRuntimeDefaults(config, "s");
    expect(Object.keys(stores)).toEqual(["cache", "default"]);
    expect(databases).toEqual(config.sqlite_database);
  });
});

describe("spin.md 2.1: outbound HTTP", () => {
  test.each([
    ["no table pools", {}, true, undefined],
    ["[BUG] an empty table does not", { outbound_http: {} }, false, undefined],
    ["a table that says it does", { outbound_http: { connection_pooling: true } }, true, undefined],
    ["0 allows none", { outbound_http: { max_connections: 0 } }, false, 0],
    ["the deprecated limit allows one more", { outbound_http: { max_concurrent_requests: 0 } }, false, 1],
  ])("%s", (_what, config, connectionPooling, maxConnections) => {
    expect(outboundHttpSettings(config)).toEqual({ connectionPooling, maxConnections });
  });
});

describe("spin.md 2.1: client TLS", () => {
  const first: ClientTlsConfig = { component_ids: ["api"], hosts: ["a.example"] };
  const second: ClientTlsConfig = { component_ids: ["api", "web"], hosts: ["a.example", "b.example"] };
  const config = { client_tls: [first, second] };

  test("the first match of component and host wins", () => {
    expect(clientTlsFor(config, "api", "a.example")).toBe(first);
    expect(clientTlsFor(config, "api", "b.example")).toBe(second);
    expect(clientTlsFor(config, "web", "a.example")).toBe(second);
    expect(clientTlsFor(config, "web", "c.example")).toBeUndefined();
    expect(clientTlsFor({}, "web", "a.example")).toBeUndefined();
  });

  test.each([
    ["no table: both kinds of roots", undefined, true, true],
    ["a table that says nothing: the platform's only", {}, true, false],
    ["a file only: no others", { ca_roots_file: "ca.pem" }, false, false],
    ["the platform's only", { ca_use_platform_roots: true }, true, false],
    ["webpki's only", { ca_use_webpki_roots: true }, false, true],
    ["both", { ca_use_platform_roots: true, ca_use_webpki_roots: true }, true, true],
  ])("roots: %s", (_what, settings, platform, webpki) => {
    const entry = settings === undefined ? undefined : { ...first, ...settings };
    expect(clientTlsRoots(entry)).toEqual({ platform, webpki });
  });
});
