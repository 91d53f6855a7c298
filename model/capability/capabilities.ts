/** The capabilities of an app of resources, by its definitions as far as they are known. */
import type { ComponentDefinition, FileMount, GrantDefinition } from "../definition.ts";
import type { Issue } from "../errors/index.ts";
import { mergeGrants } from "./grants.ts";
import { type CapabilityRow, capabilityRows, deadGrantIssues, type Granted, type Grantee } from "./join.ts";
import { type CapabilityKind, capabilityKinds } from "./uses.ts";

type Judged = Partial<Pick<ComponentDefinition, "id" | "imports" | "grants">> | undefined;

/** What each component may do and could ask for, a row each: several grants are one list. */
export function capabilitiesOf(components: readonly Judged[]): CapabilityRow[] {
  return capabilityRows(
    components.map((component) => {
      const grant = mergeGrants((component?.grants ?? []).filter((it) => it !== undefined));
      return grantee(component, granted(grant, ""));
    }),
  );
}

/** Grants that no import of the binary could use: a warning each, with the property to delete. */
export function capabilityIssues(components: readonly Judged[]): Issue[] {
  return deadGrantIssues(
    components.map((component, index) => {
      const all = (component?.grants ?? []).flatMap((grant, position) => {
        if (grant === undefined) return [];
        return granted(mergeGrants([grant]), `components[${index}].grants[${position}].`);
      });
      return grantee(component, all);
    }),
  );
}

function grantee(component: Judged, all: Granted[]): Grantee {
  return {
    id: component?.id,
    granted: all,
    binaries: [{ imports: component?.imports, has: () => true }],
  };
}

const properties = {
  "outbound-host": "allowedOutboundHosts",
  "key-value-store": "keyValueStores",
  "sqlite-database": "sqliteDatabases",
  "ai-model": "aiModels",
  file: "files",
  variable: "variables",
} as const satisfies Record<CapabilityKind, keyof GrantDefinition>;

function granted(grant: ReturnType<typeof mergeGrants>, path: string): Granted[] {
  return capabilityKinds.flatMap((kind) => {
    const list = `${path}${properties[kind]}`;
    return valuesOf(kind, grant).map((value) => ({ kind, value, list, path: list }));
  });
}

function valuesOf(kind: CapabilityKind, grant: ReturnType<typeof mergeGrants>): string[] {
  if (kind === "file") return grant.files.map(describeMount);
  if (kind === "variable") return Object.keys(grant.variables);
  return grant[properties[kind]];
}

function describeMount(mount: FileMount): string {
  return typeof mount === "string" ? mount : `${mount.source} as ${mount.destination}`;
}
