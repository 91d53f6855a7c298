/** A manifest with its binaries as targets judge it. */
import { parseAllowedHost } from "../capability/allowed-hosts.ts";
import { type Deployable, type DeployablePart, isServiceChaining } from "../capability/index.ts";
import { isSpinError } from "../errors/index.ts";
import type { Manifest } from "../manifest/types.ts";
import { isTable, pathAt, pathTo } from "../toml/index.ts";
import { type Binaries, summaryOf } from "./binaries.ts";
import { callsOf, type Part, partsOf } from "./parts.ts";

export function deployableOf(manifest: Manifest, binaries: Binaries): Deployable {
  const calls = callsOf(manifest);
  const middleware = new Map(
    calls.flatMap(({ component, trigger, path }) =>
      component !== undefined && "middleware" in (trigger.dependencies ?? {})
        ? [[component, path] as const]
        : [],
    ),
  );
  return {
    name: { value: manifest.application.name, path: "application.name" },
    triggers: calls.map(({ type, trigger, path, component }) => ({
      type,
      ...(component === undefined ? {} : { component }),
      isStatic: trigger["static_response"] !== undefined,
      isWagi: isTable(trigger["executor"]) && trigger["executor"]["type"] === "wagi",
      typePath: path,
      staticPath: `${path}.static_response`,
    })),
    parts: partsOf(manifest).map((part) => partOf(part, binaries, middleware.get(part.id))),
    path: "component",
  };
}

function partOf(
  { id, component, path }: Part,
  binaries: Binaries,
  middleware: string | undefined,
): DeployablePart {
  const summary = summaryOf(binaries, path);
  const names = Object.keys(component.dependencies ?? {});
  const source = `${path}.source`;
  return {
    id,
    ...(summary === undefined
      ? {}
      : {
          imports: { names: summary.imports.filter((it) => !isProvided(it, names)), path: source },
          exports: { names: summary.exports, path: source },
        }),
    size: sizeOf(path, names, binaries),
    grants: [
      { refusal: "sqliteDatabases" as const, key: "sqlite_databases" as const },
      { refusal: "aiModels" as const, key: "ai_models" as const },
      { refusal: "files" as const, key: "files" as const },
    ].map(({ refusal, key }) => ({
      refusal,
      word: key,
      values: (component[key] ?? []).map((it) => (typeof it === "string" ? it : it.source)),
      path: `${path}.${key}`,
    })),
    requirements: [
      ...chainingPaths(component.allowed_outbound_hosts ?? [], `${path}.allowed_outbound_hosts`)
        .slice(0, 1)
        .map((at) => ({ name: "local_service_chaining", path: at })),
      ...(middleware === undefined
        ? []
        : [{ name: "middleware", path: pathTo(`${middleware}.dependencies`, "middleware") }]),
    ],
    dependencies: { names, path: `${path}.dependencies` },
  };
}

/** Whether a dependency stands in for an import, so that no host has to. */
function isProvided(imported: string, dependencies: readonly string[]): boolean {
  const plain = imported.replace(/@.*$/s, "");
  return dependencies.some((name) => {
    const wanted = name.replace(/@.*$/s, "");
    return plain === wanted || plain.startsWith(`${wanted}/`);
  });
}

function sizeOf(path: string, dependencies: readonly string[], binaries: Binaries): number {
  const paths = [path, ...dependencies.map((name) => pathTo(`${path}.dependencies`, name))];
  return paths.reduce((sum, at) => sum + (summaryOf(binaries, at)?.sizeBytes ?? 0), 0);
}

/** Templates are not looked into, as in Spin. */
function chainingPaths(hosts: readonly string[], list: string): string[] {
  return hosts.flatMap((host, index) => {
    try {
      return isServiceChaining(parseAllowedHost(host)) ? [pathAt(list, index)] : [];
    } catch (error) {
      if (isSpinError(error)) return [];
      throw error;
    }
  });
}
