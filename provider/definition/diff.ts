import { canonicalJson } from "../../model/json.ts";
import type { Properties, ResourceDefinition } from "./resource.ts";
import { hasUnknown } from "./unknown.ts";

export interface Difference {
  /** Names of the properties that differ. */
  changed: string[];
  /** Those among them whose change makes a new resource. */
  replaces: string[];
}

/** What differs between what is (old outputs: drift counts) and what is wanted (new checked inputs). */
export function diff(definition: ResourceDefinition, old: Properties, wanted: Properties): Difference {
  const names = definition.compared ?? Object.keys(definition.inputs.shape);
  const changed = names.filter((name) => !isSame(old[name], wanted[name]));
  // What is not known yet may turn out the same: a preview announces no replacement for it.
  const replaces = changed.filter(
    (name) => definition.immutable?.includes(name) && !hasUnknown(wanted[name]),
  );
  return { changed, replaces };
}

function isSame(old: unknown, wanted: unknown): boolean {
  if (hasUnknown(wanted)) return false;
  return canonicalJson(old ?? null) === canonicalJson(wanted ?? null);
}
