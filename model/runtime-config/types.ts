/**
 * runtime-config.toml in Spin's own keys (crates/runtime-config/src/lib.rs and the crates of stores and providers): what
 * an operator says about a deployment, where spin.toml says what the app needs. Sizes are in bytes.
 */
export interface RuntimeConfig {
  /** Relative to the working directory; "" is none. `<app>/.spin` when it is left out. */
  state_dir?: string;
  /** Relative to the working directory; "" is none. `<state_dir>/logs` when it is left out. */
  log_dir?: string;
  max_instance_memory?: number;
  /** By label. */
  key_value_store?: Record<string, KeyValueStoreConfig>;
  /** By label. */
  sqlite_database?: Record<string, SqliteDatabaseConfig>;
  /** The first that has a variable gives its value. */
  variables_provider?: VariablesProviderConfig[];
  llm_compute?: LlmComputeConfig;
  /** The first entry that has both the component and the host counts. */
  client_tls?: ClientTlsConfig[];
  outbound_networking?: OutboundNetworkingConfig;
  outbound_http?: OutboundHttpConfig;
  outbound_redis?: ConnectionLimit;
  outbound_pg?: ConnectionLimit;
  outbound_mysql?: ConnectionLimit;
  outbound_mqtt?: ConnectionLimit & { max_payload_size_bytes?: number };
}

export type KeyValueStoreConfig =
  /** SQLite in a file, relative to the folder of the runtime configuration; without `path` in memory. */
  | { type: "spin"; path?: string }
  | { type: "redis"; url: string }
  /** Without `key`: the credentials of the environment. */
  | { type: "azure_cosmos"; account: string; database: string; container: string; key?: string }
  /** Without both keys: the credentials of the environment. */
  | {
      type: "aws_dynamo";
      region: string;
      table: string;
      access_key?: string;
      secret_key?: string;
      token?: string;
      consistent_read?: boolean;
    };

export type SqliteDatabaseConfig =
  /** A file, relative to the working directory of Spin; without `path` a new database in memory for each `open`. */
  | { type: "spin"; path?: string; allow_attach_file?: boolean }
  /** Over http or https only. */
  | { type: "libsql"; url: string; token: string };

export type VariablesProviderConfig =
  | { type: "static"; values: Record<string, string> }
  /** Environment variables `<prefix>_<NAME>`, and those of a file relative to the working directory. */
  | { type: "env"; prefix?: string; dotenv_path?: string }
  /** Version 2 of Vault's key-value engine: the field `value` of the secret `<prefix>/<name>`. */
  | { type: "vault"; url: string; token: string; mount: string; prefix?: string }
  /** Without the three ids: the credentials of the environment. */
  | {
      type: "azure_key_vault";
      vault_url: string;
      client_id?: string;
      client_secret?: string;
      tenant_id?: string;
      authority_host?: "AzurePublicCloud" | "AzureChina" | "AzureGermany" | "AzureGovernment";
    };

export type LlmComputeConfig =
  /** Models on this machine, below `<state_dir>/ai-models`. */
  | { type: "spin" }
  | { type: "remote_http"; url: string; auth_token: string; api_type?: "default" | "open_ai" };

/** For outbound HTTP. Paths are relative to the folder of the runtime configuration. */
export interface ClientTlsConfig {
  component_ids: string[];
  /** Names without ports. */
  hosts: string[];
  ca_use_platform_roots?: boolean;
  ca_use_webpki_roots?: boolean;
  ca_roots_file?: string;
  client_cert_file?: string;
  client_private_key_file?: string;
}

export interface OutboundNetworkingConfig {
  /** Networks such as "10.0.0.0/8", or "private" for all that are not public. */
  block_networks?: string[];
  max_socket_connections?: number;
  /** Shared by all kinds of outbound connections. */
  max_total_connections?: number;
}

export interface OutboundHttpConfig {
  /** Off in Spin when the table is there and the key is not. */
  connection_pooling?: boolean;
  max_connections?: number;
  /** Deprecated: n lets n + 1 connections through. */
  max_concurrent_requests?: number;
}

export interface ConnectionLimit {
  /** 0 allows none; no limit when it is left out. */
  max_connections?: number;
}
