import { type Issue, issue } from "../../errors/index.ts";
import { partsOf } from "../../inspection/parts.ts";
import { unconfiguredLabels } from "../../runtime-config/index.ts";
import { pathTo } from "../../toml/index.ts";
import { findingOf } from "../finding.ts";
import { parseRuntimeConfigOr } from "../runtime-config.ts";
import type { Check } from "../subject.ts";

/** Labels without a store, and stores without a label. */
export const stores: Check = ({ manifest, runtimeConfig }) => {
  const config = parseRuntimeConfigOr(runtimeConfig);
  if (config === undefined) return [];
  const parts = partsOf(manifest);
  const missing = parts.flatMap(({ id, component, path }) =>
    unconfiguredLabels({ [id]: component }, config).map((found) => ({
      ...found,
      path: found.path.replace(pathTo("component", id), path),
    })),
  );
  const labels = (key: "key_value_stores" | "sqlite_databases"): Set<string> =>
    new Set(parts.flatMap(({ component }) => component[key] ?? []));
  const unused = [
    ...unusedLabels(config.key_value_store, labels("key_value_stores"), "key_value_store"),
    ...unusedLabels(config.sqlite_database, labels("sqlite_databases"), "sqlite_database"),
  ];
  return [
    ...missing.map((found) =>
      findingOf(found, {
        // Another file may be given when the application is run.
        severity: runtimeConfig === undefined ? "warning" : "error",
        why: "Spin refuses to start when a label has no store behind it; only the label default always has one.",
      }),
    ),
    ...unused.map((found) =>
      findingOf(found, {
        file: "runtime-config.toml",
        why: "Nobody can open it; often it is a slip in the label.",
      }),
    ),
  ];
};

function unusedLabels(table: object | undefined, used: ReadonlySet<string>, key: string): Issue[] {
  return Object.keys(table ?? {})
    .filter((label) => label !== "default" && !used.has(label))
    .map((label) => {
      const message = `The runtime configuration has [${pathTo(key, label)}], which no component uses.`;
      return issue("ERR_SPIN_RUNTIME_CONFIG_UNUSED", pathTo(key, label), message, { severity: "warning" });
    });
}
