import { isSpinError } from "../errors/index.ts";
import { parseRuntimeConfig, type RuntimeConfig } from "../runtime-config/index.ts";
import type { KubernetesSpec } from "./types.ts";

/** The hosts that a runtime configuration makes Spin itself call, as entries of `allowed_outbound_hosts`. */
export function runtimeConfigHosts(text: KubernetesSpec["runtimeConfig"]): string[] {
  const config = typeof text === "string" ? read(text) : undefined;
  if (config === undefined) return [];
  const stores = Object.values(config.key_value_store ?? {}).flatMap((store) => {
    switch (store.type) {
      case "redis":
        return [store.url];
      case "azure_cosmos":
        return [`https://${store.account}.documents.azure.com`];
      case "aws_dynamo":
        return [`https://dynamodb.${store.region}.amazonaws.com`];
      default:
        return [];
    }
  });
  const databases = Object.values(config.sqlite_database ?? {}).flatMap((it) =>
    it.type === "libsql" ? [it.url] : [],
  );
  const variables = (config.variables_provider ?? []).flatMap((it) =>
    it.type === "vault" ? [it.url] : it.type === "azure_key_vault" ? [it.vault_url] : [],
  );
  const llm = config.llm_compute?.type === "remote_http" ? [config.llm_compute.url] : [];
  return [...stores, ...databases, ...variables, ...llm].flatMap((url) => entryOf(url));
}

/** `validateKubernetes` speaks about a text that is no configuration. */
function read(text: string): RuntimeConfig | undefined {
  try {
    return parseRuntimeConfig(text);
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}

/** Without user, password and path, which no policy needs and nobody should read in a warning. */
function entryOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol === "rediss:" ? "redis" : protocol.slice(0, -1);
  return hostname === "" ? [] : [`${scheme}://${hostname}${port === "" ? "" : `:${port}`}`];
}
