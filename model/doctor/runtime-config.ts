import { isSpinError } from "../errors/index.ts";
import { parseRuntimeConfig, type RuntimeConfig } from "../runtime-config/index.ts";

/** The data of a runtime-config.toml, empty where there is none; `undefined` for one that cannot be read. */
export function parseRuntimeConfigOr(text: string | undefined): RuntimeConfig | undefined {
  if (text === undefined) return {};
  try {
    return parseRuntimeConfig(text);
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}
