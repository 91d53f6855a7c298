import type { GrantDefinition } from "../definition.ts";
import { byCodeUnit } from "../json.ts";

type Capabilities = Omit<GrantDefinition, "reason" | "owner">;

/**
 * What several grants allow together: each list without repeats and sorted, so that order of declaration is no change.
 * What is not known yet is left out.
 */
export function mergeGrants(grants: readonly Partial<GrantDefinition>[]): Capabilities {
  const together = <T>(
    pick: (grant: Partial<GrantDefinition>) => readonly (T | undefined)[] | undefined,
  ): T[] => grants.flatMap((grant) => pick(grant) ?? []).filter((item) => item !== undefined);
  const variables = grants.flatMap((grant) => Object.entries(grant.variables ?? {}));
  return {
    allowedOutboundHosts: sortedSet(together((grant) => grant.allowedOutboundHosts)),
    keyValueStores: sortedSet(together((grant) => grant.keyValueStores)),
    sqliteDatabases: sortedSet(together((grant) => grant.sqliteDatabases)),
    aiModels: sortedSet(together((grant) => grant.aiModels)),
    files: together((grant) => grant.files),
    variables: Object.fromEntries(
      variables.filter(([, template]) => template !== undefined).sort(([a], [b]) => byCodeUnit(a, b)),
    ),
  };
}

function sortedSet(texts: string[]): string[] {
  return [...new Set(texts)].sort(byCodeUnit);
}
