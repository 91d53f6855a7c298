/**
 * Which keys and types runtime-config.toml has. Most tables refuse unknown keys; those of key-value stores, static
 * variables and models ignore them in Spin, which `ignoredKeyIssues` tells. Messages never repeat what may be a secret.
 */
import { type Issue, issue } from "../errors/index.ts";
import { isTable, type Shape, shapes } from "../toml/index.ts";
import { kinds, oneOf, secretText, sectionOf } from "./shape-parts.ts";

/** Types, missing and unknown keys of parsed TOML. `config_provider` is the older name of `variables_provider`. */
export function shapeIssues(data: unknown): Issue[] {
  return document(anything)(data, "");
}

/** Warnings about the keys that Spin skips without a word. */
export function ignoredKeyIssues(data: unknown): Issue[] {
  return document()(data, "")
    .filter(({ code }) => code === "ERR_SPIN_RUNTIME_CONFIG_KEY")
    .map(({ code, path, message, hint }) =>
      issue(code, path, `${message.replace(/\.$/, "")}, which Spin ignores.`, { severity: "warning", hint }),
    );
}

const { anything, flag, list, map, table, text, whole } = shapes({
  title: "The runtime configuration",
  type: "ERR_SPIN_RUNTIME_CONFIG_TYPE",
  key: "ERR_SPIN_RUNTIME_CONFIG_KEY",
  missing: "ERR_SPIN_RUNTIME_CONFIG_MISSING",
});

const authorities = oneOf("AzurePublicCloud", "AzureChina", "AzureGermany", "AzureGovernment");
const limit = { max_connections: whole };

/** `others` judges the keys that Spin ignores. */
function document(others?: Shape): Shape {
  const providers = sectionOf("a list of tables", list(provider(others)));
  return exclusive(
    table({
      state_dir: text,
      log_dir: text,
      max_instance_memory: whole,
      key_value_store: sectionOf("a table of stores", map(store(others))),
      sqlite_database: sectionOf("a table of databases", map(database)),
      variables_provider: providers,
      config_provider: providers,
      llm_compute: model(others),
      client_tls: sectionOf("a list of tables", list(clientTls)),
      outbound_networking: table({
        block_networks: list(text),
        max_socket_connections: whole,
        max_total_connections: whole,
      }),
      outbound_http: table({ ...limit, connection_pooling: flag, max_concurrent_requests: whole }),
      outbound_redis: table(limit),
      outbound_pg: table(limit),
      outbound_mysql: table(limit),
      outbound_mqtt: table({ ...limit, max_payload_size_bytes: whole }),
    }),
  );
}

function store(others?: Shape): Shape {
  return kinds({
    spin: table({ type: text, path: text }, others),
    redis: table({ type: text, "url!": secretText }, others),
    azure_cosmos: table(
      { type: text, "account!": text, "database!": text, "container!": text, key: secretText },
      others,
    ),
    aws_dynamo: table(
      {
        type: text,
        "region!": text,
        "table!": text,
        access_key: secretText,
        secret_key: secretText,
        token: secretText,
        consistent_read: flag,
      },
      others,
    ),
  });
}

const database = kinds({
  spin: table({ type: text, path: text, allow_attach_file: flag }),
  libsql: table({ type: text, "url!": secretText, "token!": secretText }),
});

function provider(others?: Shape): Shape {
  return kinds({
    static: table({ type: text, "values!": sectionOf("a table of texts", map(secretText)) }, others),
    env: table({ type: text, prefix: text, dotenv_path: text }),
    vault: table({ type: text, "url!": secretText, "token!": secretText, "mount!": text, prefix: text }),
    azure_key_vault: table({
      type: text,
      "vault_url!": secretText,
      client_id: text,
      client_secret: secretText,
      tenant_id: text,
      authority_host: authorities,
    }),
  });
}

function model(others?: Shape): Shape {
  return kinds({
    spin: table({ type: text }, others),
    remote_http: table(
      { type: text, "url!": secretText, "auth_token!": secretText, api_type: oneOf("default", "open_ai") },
      others,
    ),
  });
}

const clientTls = table({
  "component_ids!": list(text),
  "hosts!": list(text),
  ca_use_platform_roots: flag,
  ca_use_webpki_roots: flag,
  ca_roots_file: text,
  client_cert_file: text,
  client_private_key_file: text,
});

/** Spin reads the older name only where the newer one is absent, and refuses what it has not read. */
function exclusive(shape: Shape): Shape {
  return (value, path) => {
    const names = ["variables_provider", "config_provider"];
    if (!isTable(value) || !names.every((name) => Object.hasOwn(value, name))) return shape(value, path);
    const message = 'The runtime configuration has "config_provider" besides "variables_provider".';
    const hint =
      "Rename its tables to [[variables_provider]]; the first that has a variable gives its value.";
    return [
      ...shape(value, path),
      issue("ERR_SPIN_RUNTIME_CONFIG_KEY", "config_provider", message, { hint }),
    ];
  };
}
