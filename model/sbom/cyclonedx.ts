/**
 * What an application is made of, as a CycloneDX bill of materials. Without times and serial numbers: the same application,
 * the same bytes. The library is CycloneDX's own, which knows the specification's order and forms.
 */
import * as Enums from "@cyclonedx/cyclonedx-library/Enums";
import * as Models from "@cyclonedx/cyclonedx-library/Models";
import * as Serialize from "@cyclonedx/cyclonedx-library/Serialize";
import * as Spec from "@cyclonedx/cyclonedx-library/Spec";
import type { LockedApp, LockedComponent } from "../locked-app/index.ts";
import type { WasmSummary } from "../wasm/index.ts";
import { addProducers } from "./producers.ts";

export interface SbomInput {
  lockedApp: LockedApp;
  /** By digest. A binary that cannot be read has no tool chain in the bill. */
  summaries: ReadonlyMap<string, WasmSummary>;
}

/** JSON of CycloneDX 1.6: components and their files, what they are composed of, and the tool chains that made them. */
export function cycloneDxSbom({ lockedApp, summaries }: SbomInput): Uint8Array {
  const { name, version, description } = lockedApp.metadata;
  const bom = new Models.Bom();
  const app = new Models.Component(Enums.ComponentType.Application, textOr(name, "application"), {
    bomRef: "application",
    ...(typeof version === "string" && version !== "" ? { version } : {}),
    ...(typeof description === "string" && description !== "" ? { description } : {}),
  });
  bom.metadata.component = app;
  bom.metadata.tools.components.add(
    new Models.Component(Enums.ComponentType.Application, "pulumi-spin", { bomRef: "tool:pulumi-spin" }),
  );
  const known = new Map<string, Models.Component>();
  const once = (ref: string, make: () => Models.Component): Models.Component => {
    const component = known.get(ref) ?? make();
    if (!known.has(ref)) bom.components.add(component);
    known.set(ref, component);
    return component;
  };
  for (const locked of lockedApp.components) {
    const component = once(`component:${locked.id}`, () => spinComponent(locked));
    app.dependencies.add(component.bomRef);
    addProducers(component, summaries.get(locked.source.digest ?? ""), once);
    for (const [dependency, { source }] of dependenciesOf(locked)) {
      const ref = `dependency:${dependency}@${source.digest}`;
      const library = once(ref, () => wasmLibrary(ref, dependency, source.digest));
      component.dependencies.add(library.bomRef);
      addProducers(library, summaries.get(source.digest ?? ""), once);
    }
  }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return new TextEncoder().encode(new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true }));
}

/** With its files, which nobody else has. */
function spinComponent({ id, source, metadata, files = [] }: LockedComponent): Models.Component {
  const { description } = metadata ?? {};
  const component = new Models.Component(Enums.ComponentType.Application, id, {
    bomRef: `component:${id}`,
    hashes: hashesOf(source.digest),
    ...(description === undefined || description === "" ? {} : { description }),
  });
  for (const { path, digest } of files) {
    component.components.add(
      new Models.Component(Enums.ComponentType.File, path, {
        bomRef: `file:${id}/${path}`,
        hashes: hashesOf(digest),
      }),
    );
  }
  return component;
}

function dependenciesOf({ dependencies = {}, trigger_dependencies: byRole = {} }: LockedComponent) {
  const ofRoles = Object.entries(byRole).flatMap(([role, list]) => list.map((it) => [role, it] as const));
  return [...Object.entries(dependencies), ...ofRoles];
}

/** `acme:util/api@1.0.0` is a package's interface with a version. */
function wasmLibrary(ref: string, dependency: string, digest: string | undefined): Models.Component {
  const [name = dependency, version] = dependency.split("@");
  return new Models.Component(Enums.ComponentType.Library, name, {
    bomRef: ref,
    hashes: hashesOf(digest),
    ...(version === undefined ? {} : { version }),
  });
}

function hashesOf(digest: string | undefined): Models.HashDictionary {
  const hashes = new Models.HashDictionary();
  if (digest !== undefined) hashes.set(Enums.HashAlgorithm["SHA-256"], digest.slice("sha256:".length));
  return hashes;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
