/** Runtime configurations: each shows a section, a store or a provider. */
import type { Many } from "../random.ts";

const sections = [
  'state_dir = "/var/lib/app"\nlog_dir = ""\nmax_instance_memory = 134217728\n',
  '[key_value_store.default]\ntype = "spin"\npath = "kv.db"\n[key_value_store.cache]\ntype = "redis"\nurl = "redis://:secret@h:6379/1"\n',
  '[key_value_store.a]\ntype = "azure_cosmos"\naccount = "a"\ndatabase = "d"\ncontainer = "c"\nkey = "secret"\n',
  '[key_value_store.b]\ntype = "aws_dynamo"\nregion = "eu-central-1"\ntable = "t"\naccess_key = "secret"\nsecret_key = "secret"\nconsistent_read = true\n',
  '[sqlite_database.default]\ntype = "spin"\npath = "a.db"\nallow_attach_file = true\n[sqlite_database.far]\ntype = "libsql"\nurl = "https://a.test"\ntoken = "secret"\n',
  '[[variables_provider]]\ntype = "static"\nvalues = { greeting = "secret" }\n[[variables_provider]]\ntype = "env"\nprefix = "P"\ndotenv_path = ".env"\n',
  '[[config_provider]]\ntype = "vault"\nurl = "https://u:p@v.test:8200?t=secret"\ntoken = "secret"\nmount = "m"\nprefix = "p"\n',
  '[[variables_provider]]\ntype = "azure_key_vault"\nvault_url = "https://v.test"\nclient_id = "a"\nclient_secret = "secret"\ntenant_id = "t"\nauthority_host = "AzureChina"\n',
  '[llm_compute]\ntype = "remote_http"\nurl = "https://llm.test"\nauth_token = "secret"\napi_type = "open_ai"\n',
  '[[client_tls]]\ncomponent_ids = ["api"]\nhosts = ["a.test", "[::1]"]\nca_use_platform_roots = true\nca_roots_file = "r.pem"\nclient_cert_file = "c.pem"\nclient_private_key_file = "k.pem"\n',
  '[outbound_networking]\nblock_networks = ["private", "10.0.0.0/8", "fe80::/10"]\nmax_socket_connections = 4\nmax_total_connections = 9\n',
  "[outbound_http]\nconnection_pooling = false\nmax_connections = 4\n[outbound_redis]\nmax_connections = 0\n[outbound_mqtt]\nmax_payload_size_bytes = 1024\n",
  '[key_value_store.__proto__]\ntype = "spin"\n[[variables_provider]]\ntype = "static"\nvalues.__proto__ = "secret"\n',
];

export const runtimeConfigs: Many<string> = ["", ...sections, sections.join("")];
