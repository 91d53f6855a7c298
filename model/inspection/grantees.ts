/** The components of a manifest with what they are granted and the binaries that could use it. */
import type { CapabilityKind } from "../capability/index.ts";
import type { Granted, Grantee, GranteeBinary } from "../capability/join.ts";
import type { Manifest, ManifestComponent, ManifestDependency } from "../manifest/types.ts";
import { pathAt, pathTo } from "../toml/index.ts";
import { type Binaries, summaryOf } from "./binaries.ts";
import { type Call, callsOf, type Part, partsOf } from "./parts.ts";

/** Kinds by their keys in a component. */
export const kindKeys = {
  "outbound-host": "allowed_outbound_hosts",
  "key-value-store": "key_value_stores",
  "sqlite-database": "sqlite_databases",
  "ai-model": "ai_models",
  file: "files",
  variable: "variables",
} as const satisfies Record<CapabilityKind, keyof ManifestComponent>;

/** In the order of the manifest; dependencies and middleware use what they inherit. */
export function granteesOf(manifest: Manifest, binaries: Binaries): Grantee[] {
  const calls = Map.groupBy(callsOf(manifest), ({ component }) => component);
  return partsOf(manifest).map((part) => ({
    id: part.id,
    granted: grantedOf(part),
    binaries: [
      { imports: summaryOf(binaries, part.path)?.imports, has: () => true },
      ...heirsOf(part, calls.get(part.id) ?? [], binaries),
    ],
  }));
}

function grantedOf({ component, path }: Part): Granted[] {
  const { files = [], variables = {}, allowed_http_hosts: old = [] } = component;
  const listed = (
    ["allowed_outbound_hosts", "key_value_stores", "sqlite_databases", "ai_models"] as const
  ).flatMap((key) => grantedList(kindOf(key), component[key] ?? [], `${path}.${key}`));
  const names = Object.keys(variables);
  const variableList = `${path}.variables`;
  return [
    ...listed,
    ...grantedList("outbound-host", old, `${path}.allowed_http_hosts`),
    ...grantedList(
      "file",
      files.map((it) => (typeof it === "string" ? it : `${it.source} as ${it.destination}`)),
      `${path}.files`,
    ),
    ...names.map((value): Granted => ({
      kind: "variable",
      value,
      path: pathTo(variableList, value),
      list: variableList,
    })),
  ];
}

function grantedList(kind: CapabilityKind, values: readonly string[], list: string): Granted[] {
  return values.map((value, index) => ({ kind, value, list, path: pathAt(list, index) }));
}

function kindOf(key: string): CapabilityKind {
  const kinds = Object.keys(kindKeys) as CapabilityKind[];
  return kinds.find((kind) => kindKeys[kind] === key) ?? "variable";
}

function heirsOf({ component, path }: Part, calls: readonly Call[], binaries: Binaries): GranteeBinary[] {
  const all = component.dependencies_inherit_configuration === true;
  const own = Object.entries(component.dependencies ?? {}).map(([name, dependency]) =>
    heir(dependency, pathTo(`${path}.dependencies`, name), all, binaries),
  );
  const middleware = calls.flatMap(({ trigger, path: at }) =>
    Object.entries(trigger.dependencies ?? {}).flatMap(([role, list]) =>
      list.map((dependency, index) =>
        heir(dependency, pathAt(pathTo(`${at}.dependencies`, role), index), false, binaries),
      ),
    ),
  );
  return [...own, ...middleware];
}

/** Nothing is inherited unless it is said (crates/capabilities/src/lib.rs). */
function heir(dependency: ManifestDependency, path: string, all: boolean, binaries: Binaries): GranteeBinary {
  const own = typeof dependency === "string" ? undefined : dependency.inherit_configuration;
  const inherits = (kind: CapabilityKind): boolean => Array.isArray(own) && own.includes(kindKeys[kind]);
  return {
    imports: summaryOf(binaries, path)?.imports,
    has: all || own === true ? () => true : inherits,
  };
}
