/** What Spin does where a runtime configuration says nothing, also where there is none at all. */
import type { ClientTlsConfig, RuntimeConfig } from "./types.ts";

/** What the command line and the app say about folders; "" of a flag is none. */
export interface AppLocation {
  /** The folder of a local app's spin.toml; left out for an app from a registry. */
  appFolder?: string;
  /** `--state-dir`. */
  stateDir?: string;
  /** `--log-dir`. */
  logDir?: string;
}

/** The folders of state and logs, as they are written: relative ones are so to the working directory. */
export function runtimeDirectories(
  config: RuntimeConfig,
  location: AppLocation = {},
): { stateDir: string | undefined; logDir: string | undefined } {
  const { appFolder } = location;
  const usual = appFolder === undefined ? undefined : `${appFolder}/.spin`;
  const stateDir = chosen(location.stateDir ?? config.state_dir, usual);
  const logs = stateDir === undefined ? undefined : `${stateDir}/logs`;
  return { stateDir, logDir: chosen(location.logDir ?? config.log_dir, logs) };
}

/** The configuration with the stores, databases and models that are there without being named; in memory without `stateDir`. */
export function withRuntimeDefaults(config: RuntimeConfig, stateDir?: string): RuntimeConfig {
  const file = (name: string): { path?: string } =>
    stateDir === undefined ? {} : { path: `${stateDir}/${name}` };
  return {
    ...config,
    key_value_store: withDefault(config.key_value_store, {
      type: "spin",
      ...file("sqlite_key_value.db"),
    }),
    sqlite_database: withDefault(config.sqlite_database, { type: "spin", ...file("sqlite_db.db") }),
    llm_compute: config.llm_compute ?? { type: "spin" },
  };
}

/**
 * Pooling is on without the table [outbound_http], and off in a table that does not say it (crates/factor-outbound-http/
 * src/runtime_config/spin.rs). `maxConnections` is `undefined` for no limit.
 */
export function outboundHttpSettings({ outbound_http: table }: RuntimeConfig): {
  connectionPooling: boolean;
  maxConnections: number | undefined;
} {
  if (table === undefined) return { connectionPooling: true, maxConnections: undefined };
  const { max_connections: limit, max_concurrent_requests: older } = table;
  return {
    connectionPooling: table.connection_pooling ?? false,
    maxConnections: limit ?? (older === undefined ? undefined : older + 1),
  };
}

/** The table of client TLS for calls of a component to a host without its port: the first that has both. */
export function clientTlsFor(
  config: RuntimeConfig,
  component: string,
  host: string,
): ClientTlsConfig | undefined {
  return config.client_tls?.find(
    (entry) => entry.component_ids.includes(component) && entry.hosts.includes(host),
  );
}

/** Which certificate authorities are trusted besides those of `ca_roots_file`; without a table both kinds. */
export function clientTlsRoots(entry: ClientTlsConfig | undefined): { platform: boolean; webpki: boolean } {
  if (entry === undefined) return { platform: true, webpki: true };
  const { ca_use_platform_roots: platform, ca_use_webpki_roots: webpki, ca_roots_file: file } = entry;
  // A table that says nothing about roots trusts the platform's.
  if (platform === undefined && webpki === undefined) return { platform: file === undefined, webpki: false };
  return { platform: platform ?? false, webpki: webpki ?? false };
}

function chosen(given: string | undefined, usual: string | undefined): string | undefined {
  return given === undefined ? usual : given === "" ? undefined : given;
}

function withDefault<T>(table: Record<string, T> | undefined, usual: T): Record<string, T> {
  const own = table ?? {};
  return Object.hasOwn(own, "default") ? own : { ...own, default: usual };
}
