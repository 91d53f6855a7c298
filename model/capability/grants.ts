import type { GrantDefinition } from "../definition.ts";
import { byCodeUnit } from "../json.ts";

type Capabilities = Omit<GrantDefinition, "reason" | "owner" | "expires">;

/**
 * What grants allow together. One grant is in its own order, as Spin would lock it; several have no order among
 * themselves, so their lists are sorted and without repeats. What is not known yet is left out.
 */
export function mergeGrants(grants: readonly Partial<GrantDefinition>[]): Capabilities {
  const together = <T>(
    pick: (grant: Partial<GrantDefinition>) => readonly (T | undefined)[] | undefined,
  ): T[] => grants.flatMap((grant) => pick(grant) ?? []).filter((item) => item !== undefined);
  const inOrder = grants.length === 1 ? (texts: string[]): string[] => texts : sortedSet;
  const variables = grants.flatMap((grant) => Object.entries(grant.variables ?? {}));
  return {
    allowedOutboundHosts: inOrder(together((grant) => grant.allowedOutboundHosts)),
    keyValueStores: inOrder(together((grant) => grant.keyValueStores)),
    sqliteDatabases: inOrder(together((grant) => grant.sqliteDatabases)),
    aiModels: inOrder(together((grant) => grant.aiModels)),
    files: together((grant) => grant.files),
    variables: Object.fromEntries(
      variables.filter(([, template]) => template !== undefined).sort(([a], [b]) => byCodeUnit(a, b)),
    ),
  };
}

function sortedSet(texts: string[]): string[] {
  return [...new Set(texts)].sort(byCodeUnit);
}
