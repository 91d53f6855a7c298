/** Which binaries a manifest names, by the paths where it names them; reading them is for others. */
import type { Code } from "../errors/index.ts";
import type { ComponentSource, Manifest, ManifestDependency } from "../manifest/types.ts";
import { pathAt, pathTo } from "../toml/index.ts";
import type { WasmSummary } from "../wasm/index.ts";
import { callsOf, partsOf } from "./parts.ts";

/** What is known of a binary. */
export type Binary =
  | { state: "read"; summary: WasmSummary }
  /** No such file. */
  | { state: "missing" }
  /** A file that is no binary, or none that can be read. */
  | { state: "malformed"; code: Code; message: string; hint: string }
  /** Not on this machine, or text: nothing is fetched and nothing assembled. */
  | { state: "elsewhere" };

/** By path in the manifest: `component.api`, `component.api.dependencies."ns:pkg"`. */
export type Binaries = ReadonlyMap<string, Binary>;

export interface BinarySource {
  path: string;
  /** Relative to the manifest; absent for what is elsewhere. */
  file?: string;
}

/** The binaries of all components and dependencies. */
export function binarySources(manifest: Manifest): BinarySource[] {
  const parts = partsOf(manifest);
  const ofComponents = parts.flatMap(({ component, path }) => [
    { path, ...fileOf(component.source) },
    ...Object.entries(component.dependencies ?? {}).map(([name, dependency]) => ({
      path: pathTo(`${path}.dependencies`, name),
      ...fileOfDependency(dependency, manifest),
    })),
  ]);
  const ofTriggers = callsOf(manifest).flatMap(({ trigger, path }) =>
    Object.entries(trigger.dependencies ?? {}).flatMap(([role, list]) =>
      list.map((dependency, index) => ({
        path: pathAt(pathTo(`${path}.dependencies`, role), index),
        ...fileOfDependency(dependency, manifest),
      })),
    ),
  );
  return [...ofComponents, ...ofTriggers];
}

/** What is known of a binary that has been read. */
export function summaryOf(binaries: Binaries, path: string): WasmSummary | undefined {
  const binary = binaries.get(path);
  return binary?.state === "read" ? binary.summary : undefined;
}

function fileOf(source: ComponentSource): { file?: string } {
  return typeof source === "string" && !source.endsWith(".wat") ? { file: source } : {};
}

function fileOfDependency(dependency: ManifestDependency, { component = {} }: Manifest): { file?: string } {
  if (typeof dependency === "string") return {};
  if ("path" in dependency) return fileOf(dependency.path);
  if (!("component" in dependency) || !Object.hasOwn(component, dependency.component)) return {};
  const source = component[dependency.component]?.source;
  return source === undefined ? {} : fileOf(source);
}
