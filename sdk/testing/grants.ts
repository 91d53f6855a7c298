import { deepStrictEqual } from "node:assert";
import { capabilitiesOf } from "../../model/capability/index.ts";
import type { AppDefinition } from "../../model/definition.ts";

/** A component's id → what it may do, a line each: `outbound-host https://api.example.com`, `key-value-store default`. */
export type Grants = Record<string, string[]>;

/** What each component of an app may do, sorted. A component that may do nothing has an empty list. */
export function grantsOf({ components }: Pick<AppDefinition, "components">): Grants {
  const grants: Grants = Object.fromEntries(components.map(({ id }) => [id, []]));
  for (const { component, kind, value } of capabilitiesOf(components)) {
    if (value !== "") grants[component]?.push(`${kind} ${value}`);
  }
  for (const lines of Object.values(grants)) lines.sort();
  return grants;
}

/**
 * Fails with an AssertionError that shows the difference when a component may do more or less than `expected` lists.
 * The order of lines does not count; components that are not listed must be allowed nothing.
 */
export function assertGrants(app: Pick<AppDefinition, "components">, expected: Grants): void {
  const actual = grantsOf(app);
  const nothing = Object.keys(actual).map((id) => [id, []]);
  const wanted = Object.entries(expected).map(([id, lines]) => [id, lines.toSorted()]);
  deepStrictEqual(actual, { ...Object.fromEntries(nothing), ...Object.fromEntries(wanted) });
}
