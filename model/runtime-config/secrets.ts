/** Where a runtime configuration holds secrets. A key that is not known to be harmless holds one. */
import { isTable, pathAt, pathTo } from "../toml/index.ts";
import type { RuntimeConfig } from "./types.ts";

const harmlessSections = new Set(
  (
    "state_dir log_dir max_instance_memory client_tls " +
    "outbound_networking outbound_http outbound_redis outbound_pg outbound_mysql outbound_mqtt"
  ).split(" "),
);
const harmless = new Set(
  (
    "type path account database container region table consistent_read allow_attach_file prefix dotenv_path mount " +
    "client_id tenant_id authority_host api_type"
  ).split(" "),
);
const urls = new Set(["url", "vault_url"]);

/** The paths of the secrets, for example `variables_provider[0].token`, in the order in which they stand there. */
export function runtimeConfigSecrets(config: RuntimeConfig): string[] {
  const paths: string[] = [];
  replaceSecrets(config, (path) => paths.push(path));
  return paths;
}

/** A copy for people to look at: "[secret]" stands for each secret, and for a URL as a whole that may hold one. */
export function redactRuntimeConfig(config: RuntimeConfig): RuntimeConfig {
  return replaceSecrets(config, () => {});
}

/** Whether a URL names a user or password, or has a query, where tokens are passed. */
export function mayHoldCredentials(url: string): boolean {
  if (!URL.canParse(url)) return /[@?]/.test(url);
  const { username, password, search } = new URL(url);
  return `${username}${password}${search}` !== "";
}

function replaceSecrets(config: RuntimeConfig, onSecret: (path: string) => void): RuntimeConfig {
  return mapTable(config, (key, value) => (harmlessSections.has(key) ? value : inSection(value, key)));

  function inSection(value: unknown, path: string): unknown {
    if (Array.isArray(value)) return value.map((entry, index) => inEntry(entry, pathAt(path, index)));
    if (!isTable(value)) return hide(path);
    if (path === "llm_compute") return inEntry(value, path);
    return mapTable(value, (label, entry) => inEntry(entry, pathTo(path, label)));
  }

  function inEntry(entry: unknown, path: string): unknown {
    if (!isTable(entry)) return hide(path);
    return mapTable(entry, (key, value) => {
      const at = pathTo(path, key);
      if (key === "values" && isTable(value)) return mapTable(value, (name) => hide(pathTo(at, name)));
      if (urls.has(key) && typeof value === "string" && !mayHoldCredentials(value)) return value;
      return harmless.has(key) ? value : hide(at);
    });
  }

  function hide(path: string): string {
    onSecret(path);
    return "[secret]";
  }
}

/** `Object.fromEntries` defines keys such as `__proto__` instead of setting them. */
function mapTable<T extends object>(table: T, change: (key: string, value: unknown) => unknown): T {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(key, value)])) as T;
}
