import { type ChangeKind, changesBetween } from "./changes.ts";
import { formatPath } from "./property-path.ts";
import type { Properties, ResourceDefinition } from "./resource.ts";

export interface Change {
  kind: ChangeKind;
  /** It makes a new resource. */
  replaces: boolean;
  /** It is one of the program's inputs; else an output that follows from them or was found outside. */
  isInput: boolean;
}

export interface Difference {
  /** Names of the properties that differ. */
  changed: string[];
  /** Those among them whose change makes a new resource. */
  replaces: string[];
  /** By property path, as Pulumi writes it: `variables.greeting`, `routes[1].route`. */
  detailed: Record<string, Change>;
  /**
   * Should it be replaced, also because the program wants that: what has a name outside is there once, and a new one made
   * first would be deleted with the old one.
   */
  deleteBeforeReplace: boolean;
}

/**
 * What differs between what is (old outputs: drift counts) and what is wanted (new checked inputs, and what follows from
 * them). An input that is not known yet counts as changed, and where it is immutable as a replacement.
 */
export function diff(definition: ResourceDefinition, old: Properties, wanted: Properties): Difference {
  const inputs = Object.keys(definition.inputs.shape);
  const detailed: Record<string, Change> = {};
  for (const compared of definition.compared ?? inputs) {
    const path = compared.split(".");
    const [name = ""] = path;
    for (const change of changesBetween(at(old, path), at(wanted, path), path, definition.unordered)) {
      const replaces = definition.immutable?.includes(name) ?? false;
      detailed[formatPath(change.path)] = { kind: change.kind, replaces, isInput: inputs.includes(name) };
    }
  }
  const names = (kept: (change: Change) => boolean): string[] => [
    ...new Set(
      Object.entries(detailed)
        .filter(([, change]) => kept(change))
        .map(([path]) => /^[^.[]+/.exec(path)?.[0] ?? path),
    ),
  ];
  const replaces = names((change) => change.replaces);
  return {
    changed: names(() => true),
    replaces,
    detailed,
    deleteBeforeReplace:
      definition.delete !== undefined && !replaces.some((name) => definition.besides?.includes(name)),
  };
}

function at(bag: Properties, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Properties)[key] : inner),
    bag,
  );
}
