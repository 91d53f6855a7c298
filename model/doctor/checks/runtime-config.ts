import { isSpinError } from "../../errors/index.ts";
import { parseRuntimeConfig, validateRuntimeConfig } from "../../runtime-config/index.ts";
import { findingOf, type Finding } from "../finding.ts";
import type { Check } from "../subject.ts";

/** What is wrong with the runtime-config.toml by itself. */
export const runtimeConfigFile: Check = ({ runtimeConfig }) => {
  if (runtimeConfig === undefined) return [];
  const why = "Spin refuses to start with it, or does other than what it seems to say.";
  const remarks = { file: "runtime-config.toml", why } as const;
  try {
    const issues = validateRuntimeConfig(parseRuntimeConfig(runtimeConfig));
    return issues.map((found) => findingOf(found, remarks));
  } catch (error) {
    if (!isSpinError(error)) throw error;
    const { code, message, hint, path = "" } = error;
    const [, line, column] = /^(\d+):(\d+)$/.exec(path) ?? [];
    const found: Finding = findingOf({ code, severity: "error", path: "", message, hint }, remarks);
    if (line === undefined) return [{ ...found, path }];
    return [{ ...found, position: { line: Number(line), column: Number(column) } }];
  }
};
