import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import { pathAt, pathTo } from "../toml/index.ts";
import type { RuntimeConfig } from "./types.ts";

type Components = Readonly<Record<string, { key_value_stores?: string[]; sqlite_databases?: string[] }>>;

/**
 * The labels that components list (as in spin.toml, by component id) and that have no store or database: Spin refuses
 * to start. The label `default` always has one. Paths are those of spin.toml: `component.api.key_value_stores[0]`.
 */
export function unconfiguredLabels(components: Components, config: RuntimeConfig): Issue[] {
  const stores = labelsOf(config.key_value_store);
  const databases = labelsOf(config.sqlite_database);
  return Object.entries(components).flatMap(([id, component]) => {
    const path = pathTo("component", id);
    const { key_value_stores: storeLabels, sqlite_databases: databaseLabels } = component;
    return [
      ...missing(id, pathTo(path, "key_value_stores"), storeLabels, stores, "key-value store"),
      ...missing(id, pathTo(path, "sqlite_databases"), databaseLabels, databases, "SQLite database"),
    ];
  });
}

function labelsOf(table: object | undefined): Set<string> {
  return new Set(["default", ...Object.keys(table ?? {})]);
}

function missing(
  id: string,
  path: string,
  labels: readonly string[] | undefined,
  known: ReadonlySet<string>,
  kind: "key-value store" | "SQLite database",
): Issue[] {
  const section = kind === "key-value store" ? "key_value_store" : "sqlite_database";
  return (labels ?? []).flatMap((label, index) => {
    if (known.has(label)) return [];
    const guess = nearest(label, known);
    const message = `The component "${id}" uses the ${kind} "${label}", which the runtime configuration does not have.`;
    const add = `Add a table [${pathTo(section, label)}] to runtime-config.toml.`;
    const hint = guess === undefined ? add : `Did you mean "${guess}"? Else: ${add}`;
    return [issue("ERR_SPIN_RUNTIME_CONFIG_STORE", pathAt(path, index), message, { hint })];
  });
}
