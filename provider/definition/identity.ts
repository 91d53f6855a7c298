import type { Configuration } from "./configuration.ts";
import type { Properties, ResourceDefinition } from "./resource.ts";

/** What is known of a resource that is imported or only read: its id, which is its name, and where the provider looks. */
export function withIdentity(
  { configured, identityName }: ResourceDefinition,
  id: string,
  known: Properties,
  configuration: Configuration,
): Properties {
  if (identityName === undefined || known[identityName] !== undefined) return known;
  return { ...configured?.(configuration), [identityName]: id, ...known };
}
