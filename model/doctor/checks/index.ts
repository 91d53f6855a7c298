import type { Check } from "../subject.ts";
import { deadGrants } from "./dead-grants.ts";
import { manifestVersion } from "./manifest-version.ts";
import { matchedFiles } from "./files.ts";
import { missingBinaries } from "./binaries.ts";
import { pinnedDependencies } from "./pinned-dependencies.ts";
import { redundantGrants } from "./redundant-grants.ts";
import { requiredVariables } from "./required-variables.ts";
import { runtimeConfigFile } from "./runtime-config.ts";
import { schemaLine } from "./schema-line.ts";
import { shadowedRoutes } from "./shadowed-routes.ts";
import { stores } from "./stores.ts";
import { targetsServed } from "./target.ts";
import { ungrantedImports } from "./ungranted-imports.ts";
import { unusedVariables } from "./unused-variables.ts";
import { wideHosts } from "./wide-hosts.ts";

/** All that is looked at in a manifest whose keys and types are right, besides what reading it finds. */
export const checks: readonly Check[] = [
  schemaLine,
  manifestVersion,
  missingBinaries,
  deadGrants,
  ungrantedImports,
  wideHosts,
  redundantGrants,
  matchedFiles,
  pinnedDependencies,
  shadowedRoutes,
  unusedVariables,
  requiredVariables,
  stores,
  runtimeConfigFile,
  targetsServed,
];
