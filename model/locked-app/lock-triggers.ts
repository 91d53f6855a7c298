import { byCodeUnit, type Json } from "../json.ts";
import type { ManifestTrigger } from "../manifest/types.ts";
import type { LockedTrigger } from "./types.ts";

/**
 * Triggers of one type, with ids as Spin gives them (crates/manifest/src/normalize.rs): `<component>-<type>-trigger`
 * while that is free, else `<type>-trigger<n>`.
 */
export function lockTriggers(type: string, triggers: readonly ManifestTrigger[]): LockedTrigger[] {
  const taken = new Set(triggers.flatMap(({ id }) => (id === undefined ? [] : [id])));
  let counter = 1;
  const freeId = (component: ManifestTrigger["component"]): string => {
    const natural = typeof component === "string" ? `${component}-${type}-trigger` : undefined;
    if (natural !== undefined && !taken.has(natural)) return natural;
    while (taken.has(`${type}-trigger${counter}`)) counter++;
    return `${type}-trigger${counter}`;
  };
  return triggers.map(({ id, component, ...settings }) => {
    const chosen = id ?? freeId(component);
    taken.add(chosen);
    const config = component === undefined ? settings : { ...settings, component };
    return { id: chosen, trigger_type: type, trigger_config: sorted(config) as { [key: string]: Json } };
  });
}

/** Spin writes the settings of a trigger with sorted keys, all the way down. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.sort(([a], [b]) => byCodeUnit(a, b)).map(([key, member]) => [key, sorted(member)]),
  );
}
