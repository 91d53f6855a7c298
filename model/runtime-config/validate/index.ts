import type { Issue } from "../../errors/index.ts";
import { ignoredKeyIssues, shapeIssues } from "../shape.ts";
import type { RuntimeConfig } from "../types.ts";
import { clientTlsIssues } from "./client-tls.ts";
import { databaseIssues } from "./databases.ts";
import { limitIssues } from "./limits.ts";
import { httpUrlIssues } from "./url.ts";
import { networkIssues } from "./networks.ts";
import { providerIssues } from "./providers.ts";
import { storeIssues } from "./stores.ts";

/**
 * Everything that is wrong or suspicious in a runtime configuration by itself; what it lacks for an app is told by
 * `unconfiguredLabels` and `validateRequiredVariables`. Errors are what Spin refuses or can never use, warnings what it
 * takes in a way that one would not expect. Files are not looked at.
 */
export function validateRuntimeConfig(config: RuntimeConfig): Issue[] {
  const wrong = shapeIssues(config);
  // What follows relies on the types.
  if (wrong.length > 0) return wrong;
  const model = config.llm_compute;
  return [
    ...ignoredKeyIssues(config),
    ...limitIssues(config),
    ...storeIssues(config.key_value_store ?? {}),
    ...databaseIssues(config.sqlite_database ?? {}),
    ...providerIssues(config.variables_provider ?? []),
    ...(model?.type === "remote_http" ? httpUrlIssues(model.url, "llm_compute.url") : []),
    ...clientTlsIssues(config.client_tls ?? []),
    ...networkIssues(config.outbound_networking?.block_networks ?? []),
  ];
}
