/** Where triggers and components stand in a manifest. */
import type { Manifest, ManifestComponent, ManifestTrigger } from "../../manifest/types.ts";
import { pathAt, pathTo } from "../../toml/index.ts";

export interface PlacedTrigger {
  type: string;
  trigger: ManifestTrigger;
  path: string;
}

export function triggersOf({ trigger }: Manifest): PlacedTrigger[] {
  return Object.entries(trigger).flatMap(([type, list]) =>
    list.map((it, index) => ({ type, trigger: it, path: pathAt(pathTo("trigger", type), index) })),
  );
}

export interface PlacedComponent {
  component: ManifestComponent;
  path: string;
  /** Absent for a component that stands inside a trigger. */
  id?: string;
}

/** The components of a manifest, those inside of triggers too, with the paths where they stand. */
export function componentsOf(manifest: Manifest): PlacedComponent[] {
  const inline = triggersOf(manifest).flatMap(({ trigger, path }) => [
    ...place(trigger.component, `${path}.component`),
    ...Object.entries(trigger.components ?? {}).flatMap(([role, specs]) => {
      const at = pathTo(`${path}.components`, role);
      return Array.isArray(specs)
        ? specs.flatMap((spec, index) => place(spec, pathAt(at, index)))
        : place(specs, at);
    }),
  ]);
  const own = Object.entries(manifest.component ?? {}).map(([id, component]) => ({
    id,
    component,
    path: pathTo("component", id),
  }));
  return [...own, ...inline];
}

function place(spec: string | ManifestComponent | undefined, path: string): PlacedComponent[] {
  return typeof spec === "object" ? [{ component: spec, path }] : [];
}
