import type { ComponentDefinition, GrantDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { mergeGrants } from "./grants.ts";
import { parseInterface } from "./interfaces.ts";

export type CapabilityKind =
  | "outbound-host"
  | "key-value-store"
  | "sqlite-database"
  | "ai-model"
  | "file"
  | "variable";

export interface CapabilityRow {
  component: string;
  kind: CapabilityKind;
  /** The host entry, label, model, path or variable name; "" for an interface that is imported and not granted. */
  value: string;
  /**
   * `imported`: the binary could use it. `never imported`: it cannot, the grant is dead. `not granted`: it could ask,
   * and would be refused. `unknown`: the binary is not built yet.
   */
  used: "imported" | "never imported" | "not granted" | "unknown";
}

/** Interfaces by which a component uses a kind of capability (crates/capabilities/src/lib.rs). */
const interfacesOf: Record<CapabilityKind, RegExp> = {
  "outbound-host":
    /^(wasi:http\/(outgoing-handler|client)|wasi:sockets\/(tcp|udp|tcp-create-socket|udp-create-socket|ip-name-lookup)|(fermyon:spin|spin:\w+)\/(http|mysql|postgres|redis|mqtt))$/,
  "key-value-store": /^((fermyon:spin|spin:key-value)\/key-value|wasi:keyvalue\/store)$/,
  "sqlite-database": /^(fermyon:spin|spin:sqlite)\/sqlite$/,
  "ai-model": /^fermyon:spin\/llm$/,
  file: /^wasi:filesystem\/preopens$/,
  variable: /^((fermyon:spin|spin:variables)\/(variables|config)|wasi:config\/store)$/,
};

/** Language runtimes import these whether or not a component opens files or sockets, so they say nothing about it. */
const importedByRuntimes: ReadonlySet<CapabilityKind> = new Set(["file"]);

type Judged = Partial<Pick<ComponentDefinition, "id" | "imports" | "grants">> | undefined;

/** What each component may do and could ask for, a row each, in the order of declaration. */
export function capabilitiesOf(components: readonly Judged[]): CapabilityRow[] {
  return components.flatMap((component) => {
    const id = component?.id ?? "?";
    const grant = mergeGrants((component?.grants ?? []).filter((it) => it !== undefined));
    return kinds.flatMap((kind) => {
      const used = usesOf(kind, component?.imports);
      const values = valuesOf(kind, grant);
      if (values.length > 0)
        return values.map((value): CapabilityRow => ({ component: id, kind, value, used }));
      const couldAsk = used === "imported" && !importedByRuntimes.has(kind);
      return couldAsk ? [{ component: id, kind, value: "", used: "not granted" as const }] : [];
    });
  });
}

/** Grants that no import of the binary could use: a warning each, with the property to delete. */
export function capabilityIssues(components: readonly Judged[]): Issue[] {
  return components.flatMap((component, index) =>
    (component?.grants ?? []).flatMap((grant, position) =>
      kinds.flatMap((kind) => {
        const values = grant === undefined ? [] : valuesOf(kind, mergeGrants([grant]));
        if (values.length === 0 || usesOf(kind, component?.imports) !== "never imported") return [];
        const path = `components[${index}].grants[${position}].${properties[kind]}`;
        const one = values.length === 1;
        const message = `${nameOf(component)} is granted ${titles[kind]} ${values.join(", ")}, but its binary imports no interface that could use ${one ? "it" : "them"}.`;
        const hint = `Remove ${properties[kind]} from this grant, or build the component to use ${one ? "it" : "them"}.`;
        return [issue("ERR_SPIN_GRANT_DEAD", path, message, { severity: "warning", hint })];
      }),
    ),
  );
}

/** What a binary could use by an import, for example `wasi:http/outgoing-handler@0.2.3`. */
export function kindsUsing(imported: string): CapabilityKind[] {
  return kinds.filter((kind) => interfacesOf[kind].test(parseInterface(imported).name));
}

function nameOf(component: Judged): string {
  return component?.id === undefined ? "The component" : `The component "${component.id}"`;
}

function usesOf(
  kind: CapabilityKind,
  imports: readonly (string | undefined)[] | undefined,
): CapabilityRow["used"] {
  if (imports === undefined) return "unknown";
  const isImported = imports.some(
    (found) => found !== undefined && interfacesOf[kind].test(parseInterface(found).name),
  );
  return isImported ? "imported" : "never imported";
}

const properties = {
  "outbound-host": "allowedOutboundHosts",
  "key-value-store": "keyValueStores",
  "sqlite-database": "sqliteDatabases",
  "ai-model": "aiModels",
  file: "files",
  variable: "variables",
} as const satisfies Record<CapabilityKind, keyof GrantDefinition>;

const kinds = Object.keys(properties) as CapabilityKind[];

/** How a person names a grant of this kind. */
const titles: Record<CapabilityKind, string> = {
  "outbound-host": "outbound host",
  "key-value-store": "key-value store",
  "sqlite-database": "SQLite database",
  "ai-model": "AI model",
  file: "files",
  variable: "variable",
};

function valuesOf(kind: CapabilityKind, grant: ReturnType<typeof mergeGrants>): string[] {
  if (kind === "file") return grant.files.map(({ source, destination }) => `${source} as ${destination}`);
  if (kind === "variable") return Object.keys(grant.variables);
  return grant[properties[kind]];
}
