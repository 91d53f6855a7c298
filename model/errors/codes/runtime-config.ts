import type { ErrorEntry } from "../table.ts";

export const runtimeConfigErrors = {
  ERR_SPIN_RUNTIME_CONFIG_TOML: {
    fault: "user",
    summary: "A runtime configuration is no valid TOML.",
    hint: "Correct the text at this line and column.",
  },
  ERR_SPIN_RUNTIME_CONFIG_TYPE: {
    fault: "user",
    summary: "A value in a runtime configuration is of another type than Spin expects.",
    hint: "Give it the type that is expected.",
  },
  ERR_SPIN_RUNTIME_CONFIG_KEY: {
    fault: "user",
    summary:
      "A runtime configuration has a key that Spin does not know. An error where Spin refuses it, a warning where Spin ignores it.",
    hint: "Remove it, or correct its spelling.",
  },
  ERR_SPIN_RUNTIME_CONFIG_MISSING: {
    fault: "user",
    summary: "A runtime configuration lacks a key that Spin requires.",
    hint: "Add it.",
  },
  ERR_SPIN_RUNTIME_CONFIG_CHOICE: {
    fault: "user",
    summary: "A setting of a runtime configuration has a value that is none of those that Spin knows.",
    hint: "Choose one of those that the message names.",
  },
  ERR_SPIN_RUNTIME_CONFIG_LABEL: {
    fault: "user",
    summary: "A store or database is configured under a label that no component can name. A warning.",
    hint: 'Use kebab case or snake case, for example "default" or "session-data".',
  },
  ERR_SPIN_RUNTIME_CONFIG_URL: {
    fault: "user",
    summary: "A URL in a runtime configuration is none, or none that Spin can connect to.",
    hint: "Write the whole URL, for example https://db.example.com or redis://localhost:6379.",
  },
  ERR_SPIN_RUNTIME_CONFIG_PATH: {
    fault: "user",
    summary: "The file of a store or database is not where one would look for it, or is none.",
    hint: "Give an absolute path.",
  },
  ERR_SPIN_RUNTIME_CONFIG_SHARED: {
    fault: "user",
    summary: "Two key-value stores keep their data in the same place, under the same keys. A warning.",
    hint: "Give each label a place of its own, or let the components use one label.",
  },
  ERR_SPIN_RUNTIME_CONFIG_CREDENTIALS: {
    fault: "user",
    summary: "Credentials in a runtime configuration are given in part.",
    hint: "Give all of them, or none: then Spin uses those of its environment.",
  },
  ERR_SPIN_RUNTIME_CONFIG_PROVIDER: {
    fault: "user",
    summary: "A provider of variables cannot give what it will be asked for. A warning.",
    hint: "Correct the provider, or its place among the others.",
  },
  ERR_SPIN_RUNTIME_CONFIG_TLS: {
    fault: "user",
    summary: "A table [[client_tls]] is incomplete, or applies to nothing.",
    hint: "Give component_ids, hosts without ports, and the client's certificate together with its key.",
  },
  ERR_SPIN_RUNTIME_CONFIG_NETWORK: {
    fault: "user",
    summary: "An entry of block_networks is no network.",
    hint: 'Write a network such as "10.0.0.0/8" or "fc00::/7", or "private" for all that are not public.',
  },
  ERR_SPIN_RUNTIME_CONFIG_LIMIT: {
    fault: "user",
    summary: "A limit in a runtime configuration is negative, given twice, or deprecated.",
    hint: "Give a whole number from 0 on; leave the key out for no limit.",
  },
  ERR_SPIN_RUNTIME_CONFIG_POOLING: {
    fault: "user",
    summary:
      "A table [outbound_http] does not say connection_pooling, which turns pooling off in Spin. A warning.",
    hint: "Write connection_pooling = true, or false when that is meant.",
  },
  ERR_SPIN_RUNTIME_CONFIG_REQUIRED: {
    fault: "user",
    summary: "A required variable has no provider that could give its value, so Spin would not start.",
    hint: "Give it with --variable, in the environment, or in a [[variables_provider]].",
  },
  ERR_SPIN_RUNTIME_CONFIG_STORE: {
    fault: "user",
    summary: "A component uses a store or database that is not configured, so Spin would not start.",
    hint: "Configure it, or use the label default, which is always there.",
  },
  ERR_SPIN_RUNTIME_CONFIG_UNUSED: {
    fault: "user",
    summary: "A store or database is configured and no component uses it. A warning.",
    hint: "Remove it, or correct its label.",
  },
} as const satisfies Record<string, ErrorEntry>;
