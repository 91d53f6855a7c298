/** What a spin.toml says together with its binaries: who calls what, made by what, allowed to do what. */
import { askingFor, type CapabilityRow, capabilityRows } from "../capability/join.ts";
import { checkDeployable, type TargetName } from "../capability/index.ts";
import { capabilityKinds } from "../capability/uses.ts";
import type { Issue } from "../errors/index.ts";
import type { Manifest } from "../manifest/types.ts";
import { routeOf, triggerText } from "../review/reach.ts";
import { describeSource } from "../review/sources.ts";
import type { WasmSummary } from "../wasm/index.ts";
import { type Binaries, type Binary, summaryOf } from "./binaries.ts";
import { deployableOf } from "./deployable.ts";
import { granteesOf } from "./grantees.ts";
import { callsOf, partsOf } from "./parts.ts";

export interface ManifestInspection {
  name: string;
  version: string;
  triggers: {
    type: string;
    /** The route or `private`; else what calls: `redis orders`. */
    calledBy: string;
    /** Absent for a static response. */
    component?: string;
  }[];
  components: {
    id: string;
    source: string;
    binary: Binary["state"];
    kind?: WasmSummary["kind"];
    sizeBytes?: number;
    /** By field, as in the binary's producers sections. */
    producers: Record<string, string[]>;
    /** Its tool chain imports everything, used or not. */
    runtime?: WasmSummary["runtime"];
    imports: string[];
    /** Imports by which it could ask for what it is not granted. */
    couldAsk: string[];
  }[];
  capabilities: CapabilityRow[];
  /** Of all binaries of components that are at hand. */
  sizeBytes: number;
  targets: { target: TargetName; issues: Issue[] }[];
}

export function inspectManifest(
  manifest: Manifest,
  binaries: Binaries,
  targets: readonly TargetName[] = [],
): ManifestInspection {
  const grantees = granteesOf(manifest, binaries);
  const capabilities = capabilityRows(grantees);
  const rows = Map.groupBy(capabilities, ({ component }) => component);
  const components = partsOf(manifest).map(({ id, component, path }, index) => {
    const summary = summaryOf(binaries, path);
    const refused = capabilityKinds.filter((kind) =>
      rows.get(id)?.some((row) => row.kind === kind && row.used === "not granted"),
    );
    return {
      id,
      source: describeSource(component.source),
      binary: binaries.get(path)?.state ?? ("elsewhere" as const),
      ...(summary === undefined ? {} : { kind: summary.kind, sizeBytes: summary.sizeBytes }),
      producers: summary?.producers ?? {},
      ...(summary?.runtime === undefined ? {} : { runtime: summary.runtime }),
      imports: summary?.imports ?? [],
      couldAsk: refused.flatMap((kind) => askingFor(kind, grantees[index]?.binaries ?? [])),
    };
  });
  const app = deployableOf(manifest, binaries);
  return {
    name: manifest.application.name,
    version: manifest.application.version ?? "",
    triggers: callsOf(manifest).map(({ type, trigger, component }) => {
      const lifted = { ...trigger, id: "", component: component ?? "", components: {} };
      return {
        type,
        calledBy: type === "http" ? routeOf(lifted) : triggerText(type, lifted),
        ...(component === undefined ? {} : { component }),
      };
    }),
    components,
    capabilities,
    sizeBytes: components.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0),
    targets: targets.map((target) => ({ target, issues: checkDeployable(app, target) })),
  };
}
