/** The components of a manifest with the ids that Spin gives them and the paths where they stand. */
import { liftInlineComponents } from "../manifest/normalize/inline-components.ts";
import { giveTriggerIds } from "../manifest/normalize/trigger-ids.ts";
import type { ManifestTrigger } from "../manifest/types.ts";
import type { Manifest, ManifestComponent } from "../manifest/types.ts";
import { componentsOf, triggersOf } from "../validate/manifest/places.ts";

export interface Part {
  id: string;
  component: ManifestComponent;
  /** `component.api`, or `trigger.http[0].component` for one inside of a trigger. */
  path: string;
}

/** Those of their own first, then those inside of triggers, as Spin lifts them out. */
export function partsOf(manifest: Manifest): Part[] {
  const ids = Object.keys(lift(manifest).component);
  return componentsOf(manifest).map(({ component, path }, index) => ({
    id: ids[index] ?? "?",
    component,
    path,
  }));
}

export interface Call {
  type: string;
  trigger: ManifestTrigger;
  path: string;
  /** Absent where the trigger answers by itself. */
  component?: string;
}

/** Triggers with the ids of the components that they call. */
export function callsOf(manifest: Manifest): Call[] {
  const lifted = Object.values(lift(manifest).trigger).flat();
  return triggersOf(manifest).map((placed, index) => {
    const component = lifted[index]?.component;
    return { ...placed, ...(component === undefined ? {} : { component }) };
  });
}

function lift(manifest: Manifest): ReturnType<typeof liftInlineComponents> {
  return liftInlineComponents({ ...manifest, trigger: giveTriggerIds(manifest.trigger) });
}
