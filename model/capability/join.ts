/** Grants joined with the imports of binaries, wherever both come from: an app of resources, or a spin.toml. */
import { type Issue, issue } from "../errors/index.ts";
import { type CapabilityKind, capabilityKinds, couldUse, isUsedBy } from "./uses.ts";

export interface CapabilityRow {
  component: string;
  kind: CapabilityKind;
  /** The host entry, label, model, path or variable name; "" for an interface that is imported and not granted. */
  value: string;
  /**
   * `imported`: the binary could use it. `never imported`: it cannot, the grant is dead. `not granted`: it could ask,
   * and would be refused. `unknown`: the binary is not at hand.
   */
  used: "imported" | "never imported" | "not granted" | "unknown";
}

/** A component with what it is granted and the binaries that could use that. */
export interface Grantee {
  /** `undefined`: not known yet. */
  id: string | undefined;
  granted: readonly Granted[];
  binaries: readonly GranteeBinary[];
}

export interface Granted {
  kind: CapabilityKind;
  value: string;
  /** Where it is granted, and the list of that kind around it: property paths. */
  path: string;
  list: string;
}

/** The component's own binary, or a dependency's, which has of the grants those that it inherits. */
export interface GranteeBinary {
  /** `undefined`: not at hand. */
  imports: readonly (string | undefined)[] | undefined;
  has(kind: CapabilityKind): boolean;
}

/** Language runtimes import these whether or not a component opens files, so they say nothing about it. */
const importedByRuntimes: ReadonlySet<CapabilityKind> = new Set(["file"]);

/** What each component may do and could ask for, a row each, in the order of declaration. */
export function capabilityRows(grantees: readonly Grantee[]): CapabilityRow[] {
  return grantees.flatMap(({ id: component = "?", granted, binaries }) =>
    capabilityKinds.flatMap((kind): CapabilityRow[] => {
      const own = granted.filter((it) => it.kind === kind);
      if (own.length > 0)
        return own.map((it) => ({ component, kind, value: it.value, used: usesOf(it, binaries) }));
      const couldAsk = !importedByRuntimes.has(kind) && askingFor(kind, binaries).length > 0;
      return couldAsk ? [{ component, kind, value: "", used: "not granted" }] : [];
    }),
  );
}

/** Grants that no import of any binary could use: a warning for each list, or for each entry where others are used. */
export function deadGrantIssues(grantees: readonly Grantee[]): Issue[] {
  return grantees.flatMap(({ id, granted, binaries }) =>
    [...Map.groupBy(granted, ({ list }) => list)].flatMap(([list, all]) => {
      const dead = all.filter((it) => usesOf(it, binaries) === "never imported");
      if (dead.length === 0) return [];
      if (dead.length === all.length) return [deadIssue(id, dead, list, nameOf(list))];
      return dead.map((it) => deadIssue(id, [it], it.path, `this entry of ${nameOf(list)}`));
    }),
  );
}

/** The imports by which its binaries could ask for this kind of capability. */
export function askingFor(kind: CapabilityKind, binaries: readonly GranteeBinary[]): string[] {
  const names = binaries.flatMap(({ imports, has }) => (has(kind) ? (imports ?? []) : []));
  return [...new Set(names.filter((name) => name !== undefined && isUsedBy(kind, name)))] as string[];
}

function usesOf({ kind, value }: Granted, binaries: readonly GranteeBinary[]): CapabilityRow["used"] {
  const heirs = binaries.filter((it) => it.has(kind));
  const isImported = heirs.some(({ imports }) =>
    imports?.some((name) => name !== undefined && couldUse(kind, value, name)),
  );
  if (isImported) return "imported";
  return heirs.some(({ imports }) => imports === undefined) ? "unknown" : "never imported";
}

function nameOf(list: string): string {
  return list.slice(list.lastIndexOf(".") + 1);
}

function deadIssue(id: string | undefined, dead: readonly Granted[], path: string, where: string): Issue {
  const [first] = dead;
  const it = dead.length === 1 ? "it" : "them";
  const name = id === undefined ? "The component" : `The component "${id}"`;
  const what =
    first === undefined ? "" : `${titles[first.kind]} ${dead.map(({ value }) => value).join(", ")}`;
  const message = `${name} is granted ${what}, but its binary imports no interface that could use ${it}.`;
  const hint = `Remove ${where}, or build the component to use ${it}.`;
  return issue("ERR_SPIN_GRANT_DEAD", path, message, { severity: "warning", hint });
}

/** How a person names a grant of this kind. */
const titles: Record<CapabilityKind, string> = {
  "outbound-host": "outbound host",
  "key-value-store": "key-value store",
  "sqlite-database": "SQLite database",
  "ai-model": "AI model",
  file: "files",
  variable: "variable",
};
