import { type ComponentRef, idOf } from "./component-id.ts";

interface Inheritance {
  /** What of the parent's grants it may use: all, none, or kinds by their keys in spin.toml. Default: none. */
  inheritConfiguration?: boolean | string[];
}

/** Where a dependency comes from: a package, a file, a URL with its digest, or another component of the app. */
export type TriggerDependencyArgs = Inheritance &
  (
    | { version: string; registry?: string; package?: string }
    | { path: string }
    | { url: string; digest: string }
    | { component: ComponentRef }
  );

/** What a component is composed with. A text is a version requirement on the package of the dependency's name. */
export type DependencyArgs =
  | string
  | (TriggerDependencyArgs & {
      /** The export that satisfies the import. Default: that of its name. */
      export?: string;
    });

/** Ids take the place of components. */
export function dependencyOf(dependency: DependencyArgs): unknown {
  if (typeof dependency === "string" || !("component" in dependency)) return dependency;
  return { ...dependency, component: idOf(dependency.component) };
}

export function dependenciesOf(
  dependencies: Record<string, DependencyArgs> | undefined,
): Record<string, unknown> | undefined {
  if (dependencies === undefined) return undefined;
  return Object.fromEntries(Object.entries(dependencies).map(([name, it]) => [name, dependencyOf(it)]));
}
