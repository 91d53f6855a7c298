/** Generated configurations: nasty texts where a text may stand, each section there or not. */
import fc from "fast-check";
import { anyCharacter } from "../../support/any-character.ts";
import type { RuntimeConfig } from "../../../model/index.ts";

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 10 }),
  fc.string({ unit: anyCharacter, maxLength: 10 }),
  fc.constantFrom(
    "",
    '"',
    "'''",
    "\\",
    "\0\b\t\n\u007f",
    "a\r\nb",
    "# none",
    "__proto__",
    "{{ a }}",
    "\u{1f600}",
  ),
);
const label = fc.oneof(
  fc.constantFrom("default", "session-data", "a.b", "__proto__", "constructor", "1"),
  text,
);
const whole = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const flag = fc.boolean();

/** `required` keys are always there. */
const table = (
  type: string | undefined,
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<unknown> => {
  const members: Record<string, fc.Arbitrary<unknown>> = {
    ...(type === undefined ? {} : { type: fc.constant(type) }),
    ...required,
  };
  return fc.record({ ...members, ...optional }, { requiredKeys: Object.keys(members) });
};

const store = fc.oneof(
  table("spin", {}, { path: text }),
  table("redis", { url: text }),
  table("azure_cosmos", { account: text, database: text, container: text }, { key: text }),
  table(
    "aws_dynamo",
    { region: text, table: text },
    { access_key: text, secret_key: text, token: text, consistent_read: flag },
  ),
);
const database = fc.oneof(
  table("spin", {}, { path: text, allow_attach_file: flag }),
  table("libsql", { url: text, token: text }),
);
const provider = fc.oneof(
  table("static", { values: fc.dictionary(label, text, { maxKeys: 4 }) }),
  table("env", {}, { prefix: text, dotenv_path: text }),
  table("vault", { url: text, token: text, mount: text }, { prefix: text }),
  table(
    "azure_key_vault",
    { vault_url: text },
    {
      client_id: text,
      client_secret: text,
      tenant_id: text,
      authority_host: fc.constantFrom("AzurePublicCloud", "AzureChina", "AzureGermany", "AzureGovernment"),
    },
  ),
);
const model = fc.oneof(
  table("spin", {}),
  table("remote_http", { url: text, auth_token: text }, { api_type: fc.constantFrom("default", "open_ai") }),
);
const texts = fc.array(text, { maxLength: 3 });
const clientTls = table(
  undefined,
  { component_ids: texts, hosts: texts },
  {
    ca_use_platform_roots: flag,
    ca_use_webpki_roots: flag,
    ca_roots_file: text,
    client_cert_file: text,
    client_private_key_file: text,
  },
);
const limit = table(undefined, {}, { max_connections: whole });

export const arbitraryConfig = table(
  undefined,
  {},
  {
    state_dir: text,
    log_dir: text,
    max_instance_memory: whole,
    key_value_store: fc.dictionary(label, store, { maxKeys: 4 }),
    sqlite_database: fc.dictionary(label, database, { maxKeys: 3 }),
    variables_provider: fc.array(provider, { maxLength: 3 }),
    llm_compute: model,
    client_tls: fc.array(clientTls, { maxLength: 2 }),
    outbound_networking: table(
      undefined,
      {},
      { block_networks: texts, max_socket_connections: whole, max_total_connections: whole },
    ),
    outbound_http: table(
      undefined,
      {},
      { connection_pooling: flag, max_connections: whole, max_concurrent_requests: whole },
    ),
    outbound_redis: limit,
    outbound_pg: limit,
    outbound_mysql: limit,
    outbound_mqtt: table(undefined, {}, { max_connections: whole, max_payload_size_bytes: whole }),
  },
) as fc.Arbitrary<RuntimeConfig>;
