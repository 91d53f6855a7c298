export {
  type AppLocation,
  clientTlsFor,
  clientTlsRoots,
  outboundHttpSettings,
  runtimeDirectories,
  withRuntimeDefaults,
} from "./defaults.ts";
export { unconfiguredLabels } from "./labels.ts";
export { parseRuntimeConfig } from "./parse.ts";
export { redactRuntimeConfig, runtimeConfigSecrets } from "./secrets.ts";
export { synthesizeRuntimeConfig } from "./synthesize.ts";
export type {
  ClientTlsConfig,
  ConnectionLimit,
  KeyValueStoreConfig,
  LlmComputeConfig,
  OutboundHttpConfig,
  OutboundNetworkingConfig,
  RuntimeConfig,
  SqliteDatabaseConfig,
  VariablesProviderConfig,
} from "./types.ts";
export { validateRuntimeConfig } from "./validate/index.ts";
export { environmentName, type GivenVariables, validateRequiredVariables } from "./variables.ts";
