import { kebabProblem } from "../identifiers.ts";
import type { ComponentSpec, Manifest, ManifestComponent, ManifestDependency } from "../types.ts";
import type { TriggerWithId } from "./trigger-ids.ts";

type WithIds = Omit<Manifest, "trigger"> & { trigger: Record<string, TriggerWithId[]> };
export type Lifted = Omit<Manifest, "trigger" | "component"> & {
  trigger: Record<string, LiftedTrigger[]>;
  component: Record<string, ManifestComponent>;
};
export interface LiftedTrigger {
  id: string;
  component?: string;
  components?: Record<string, string | string[]>;
  dependencies?: Record<string, ManifestDependency[]>;
  [setting: string]: unknown;
}

/** Moves components out of triggers: `<trigger id>-component` for a single one, else `inline-component<n>`. */
export function liftInlineComponents(manifest: WithIds): Lifted {
  const components = new Map(Object.entries(manifest.component ?? {}));
  const trigger = Object.fromEntries(
    Object.entries(manifest.trigger).map(([type, list]) => [
      type,
      list.map((settings) => withoutInline(settings, components)),
    ]),
  );
  return { ...manifest, trigger, component: Object.fromEntries(components) };
}

function withoutInline(
  { component, components, ...settings }: TriggerWithId,
  known: Map<string, ManifestComponent>,
): LiftedTrigger {
  const isAlone = [component ?? [], Object.values(components ?? {})].flat(2).length < 2;
  let counter = 1;
  const lift = (spec: ComponentSpec): string => {
    if (typeof spec === "string") return spec;
    const natural = `${settings.id}-component`;
    let id = natural;
    if (!isAlone || kebabProblem(natural) !== undefined || known.has(natural)) {
      while (known.has(`inline-component${counter}`)) counter++;
      id = `inline-component${counter}`;
    }
    known.set(id, spec);
    return id;
  };
  return {
    ...settings,
    ...(component === undefined ? {} : { component: lift(component) }),
    ...(components === undefined
      ? {}
      : {
          components: Object.fromEntries(
            Object.entries(components).map(([role, specs]) => [
              role,
              Array.isArray(specs) ? specs.map(lift) : lift(specs),
            ]),
          ),
        }),
  };
}
