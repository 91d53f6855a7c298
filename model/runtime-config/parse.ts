import { type Issue, isSpinError, SpinError } from "../errors/index.ts";
import { readToml } from "../toml/index.ts";
import { shapeIssues } from "./shape.ts";
import type { RuntimeConfig } from "./types.ts";

/**
 * The data of a runtime-config.toml, with `variables_provider` also where it says `config_provider`. Throws
 * ERR_SPIN_RUNTIME_CONFIG_*: with `line:column` as path where the text is no TOML, else with the key's path and all
 * problems in the message.
 */
export function parseRuntimeConfig(text: string): RuntimeConfig {
  const data = read(text);
  const [first, ...others] = shapeIssues(data);
  if (first !== undefined) throw failure(first, others);
  const { config_provider: providers, ...config } = data as RuntimeConfig & {
    config_provider?: RuntimeConfig["variables_provider"];
  };
  return providers === undefined ? config : { ...config, variables_provider: providers };
}

function read(text: string): Record<string, unknown> {
  try {
    return readToml(text, "ERR_SPIN_RUNTIME_CONFIG_TOML", "The runtime configuration");
  } catch (error) {
    if (!isSpinError(error)) throw error;
    // The parser's own error, which would be the cause, quotes lines of the text, and they may hold secrets.
    const { code, message, path } = error;
    throw new SpinError(code, message, path === undefined ? {} : { path });
  }
}

function failure({ code, path, message, hint }: Issue, others: Issue[]): SpinError {
  const more = others.map((it) => `${it.message} ${it.hint}`).join(" ");
  const text = others.length === 0 ? message : `${message} And ${others.length} more: ${more}`;
  return new SpinError(code, text, { path, hint });
}
