import { parseRuntimeConfigOr } from "../runtime-config.ts";
import { validateRequiredVariables } from "../../runtime-config/index.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Required variables that nothing here has a value for. */
export const requiredVariables: Check = ({ manifest, runtimeConfig, given }) => {
  const config = parseRuntimeConfigOr(runtimeConfig);
  if (given === undefined || config === undefined) return [];
  return validateRequiredVariables(manifest.variables ?? {}, config, given).map((found) =>
    findingOf(found, {
      severity: "warning",
      why: "Spin refuses to start without it. Where the value is given when the application is deployed, all is well.",
    }),
  );
};
