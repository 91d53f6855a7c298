import type { GrantDefinition } from "../../model/definition.ts";

/** A grant of just these members; the others are empty. */
export function grant(members: Partial<GrantDefinition> = {}): GrantDefinition {
  return {
    allowedOutboundHosts: [],
    keyValueStores: [],
    sqliteDatabases: [],
    aiModels: [],
    files: [],
    variables: {},
    ...members,
  };
}
