import { SpinError } from "../../errors/index.ts";
import type {
  ComponentSource,
  InheritConfiguration,
  ManifestComponent,
  ManifestDependency,
} from "../types.ts";
import type { Lifted } from "./inline-components.ts";
import type { NormalManifest, ResolvedDependency } from "./types.ts";

/** Inheritance is said by each dependency itself, and a component of the manifest is named by its source. */
export function resolveDependencies(manifest: Lifted): NormalManifest {
  const sourceOf = (id: string): ComponentSource => {
    const component = Object.hasOwn(manifest.component, id) ? manifest.component[id] : undefined;
    if (component !== undefined) return component.source;
    throw new SpinError(
      "ERR_SPIN_DEPENDENCY_COMPONENT",
      `The manifest has no component "${id}" to depend on.`,
    );
  };
  const resolve = (dependency: ManifestDependency): ResolvedDependency => resolved(dependency, sourceOf);
  return {
    ...manifest,
    trigger: mapValues(manifest.trigger, (triggers) =>
      triggers.map(({ dependencies, ...trigger }) => ({
        ...trigger,
        ...(dependencies === undefined
          ? {}
          : { dependencies: mapValues(dependencies, (list) => list.map(resolve)) }),
      })),
    ),
    component: mapValues(manifest.component, (component) => withResolved(component, resolve)),
  };
}

function withResolved(
  component: ManifestComponent,
  resolve: (dependency: ManifestDependency) => ResolvedDependency,
): NormalManifest["component"][string] {
  const { dependencies, dependencies_inherit_configuration: inheritsAll, ...others } = component;
  // Only `true` is folded in: Spin leaves `false` standing, to the same effect.
  const kept = inheritsAll === false ? { dependencies_inherit_configuration: false } : {};
  if (dependencies === undefined) return { ...others, ...kept };
  return {
    ...others,
    ...kept,
    dependencies: mapValues(dependencies, (dependency) =>
      resolve(inheritsAll === true ? withInheritance(dependency, true) : dependency),
    ),
  };
}

function withInheritance(
  dependency: ManifestDependency,
  inherit: InheritConfiguration,
): Exclude<ManifestDependency, string> {
  const table = typeof dependency === "string" ? { version: dependency } : dependency;
  return { ...table, inherit_configuration: inherit };
}

function resolved(
  dependency: ManifestDependency,
  sourceOf: (id: string) => ComponentSource,
): ResolvedDependency {
  if (typeof dependency === "string" || !("component" in dependency)) return dependency;
  const { component, ...options } = dependency;
  const source = sourceOf(component);
  return typeof source === "string" ? { path: source, ...options } : { ...source, ...options };
}

function mapValues<V, W>(record: Record<string, V>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
