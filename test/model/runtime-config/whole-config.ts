/** A configuration with each store, provider and setting that spin.md 2.1 lists. The secrets begin with "canary". */
export const wholeConfig = `state_dir = "/var/lib/shop"
log_dir = ""
max_instance_memory = 134217728

[key_value_store.default]
type = "spin"
path = "data/kv.db"

[key_value_store.cache]
type = "redis"
url = "redis://:canary-redis@cache.internal:6379/1"

[key_value_store.cosmos]
type = "azure_cosmos"
account = "shop"
database = "db"
container = "kv"
key = "canary-cosmos"

[key_value_store.dynamo]
type = "aws_dynamo"
region = "eu-central-1"
table = "kv"
access_key = "canary-access"
secret_key = "canary-secret"
token = "canary-session"
consistent_read = true

[sqlite_database.default]
type = "spin"
path = "/var/lib/shop/shop.db"
allow_attach_file = true

[sqlite_database.remote]
type = "libsql"
url = "https://shop.turso.io"
token = "canary-libsql"

[[variables_provider]]
type = "static"
values = { greeting = "canary-static" }

[[variables_provider]]
type = "env"
prefix = "SHOP"
dotenv_path = "shop.env"

[[variables_provider]]
type = "vault"
url = "https://vault.internal:8200"
token = "canary-vault"
mount = "secret"
prefix = "shop"

[[variables_provider]]
type = "azure_key_vault"
vault_url = "https://shop.vault.azure.net"
client_id = "id"
client_secret = "canary-azure"
tenant_id = "tenant"
authority_host = "AzurePublicCloud"

[llm_compute]
type = "remote_http"
url = "https://llm.example.com"
auth_token = "canary-llm"
api_type = "open_ai"

[[client_tls]]
component_ids = ["api"]
hosts = ["db.internal", "[::1]"]
ca_use_platform_roots = false
ca_use_webpki_roots = true
ca_roots_file = "ca.pem"
client_cert_file = "client.pem"
client_private_key_file = "client.key"

[outbound_networking]
block_networks = ["10.0.0.0/8", "fc00::/7", "private"]
max_socket_connections = 5
max_total_connections = 100

[outbound_http]
connection_pooling = true
max_connections = 10

[outbound_redis]
max_connections = 0

[outbound_pg]
max_connections = 3

[outbound_mysql]
max_connections = 4

[outbound_mqtt]
max_connections = 2
max_payload_size_bytes = 65536
`;
