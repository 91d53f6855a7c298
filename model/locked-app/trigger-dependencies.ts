/** Trigger dependencies, such as HTTP middleware, belong to the component in the locked form (local/trigger_components.rs). */
import { sortedRecord } from "./sorted.ts";
import type { LockedApp, LockedComponent, LockedTrigger } from "./types.ts";

type Parts = Pick<LockedApp, "triggers" | "components">;

/**
 * Moves each trigger's dependencies to its component. A component of several triggers is first copied, as
 * `<component>-for-<trigger id>`, for each trigger that has dependencies.
 */
export function moveTriggerDependencies({ triggers, components }: Parts): Parts {
  const counts = new Map<string, number>();
  for (const trigger of triggers) {
    const id = componentOf(trigger);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const byId = new Map(components.map((component) => [component.id, component]));
  const moved = triggers.map((trigger): LockedTrigger => {
    const { trigger_dependencies: _moved, ...rest } = trigger;
    const id = componentOf(trigger);
    const component = id === undefined ? undefined : byId.get(id);
    if (id === undefined || component === undefined || !hasDependencies(trigger)) return trigger;
    const enriched = { ...withDependencies(component, trigger), id: idFor(id, trigger, counts, byId) };
    byId.set(enriched.id, enriched);
    return { ...rest, trigger_config: { ...rest.trigger_config, component: enriched.id } };
  });
  return { triggers: moved, components: [...byId.values()] };
}

function componentOf({ trigger_config: { component } }: LockedTrigger): string | undefined {
  return typeof component === "string" ? component : undefined;
}

function hasDependencies({ trigger_dependencies: dependencies = {} }: LockedTrigger): boolean {
  return Object.values(dependencies).some((list) => list.length > 0);
}

function idFor(
  id: string,
  trigger: LockedTrigger,
  counts: ReadonlyMap<string, number>,
  taken: ReadonlyMap<string, unknown>,
): string {
  if (counts.get(id) === 1) return id;
  const natural = `${id}-for-${trigger.id}`;
  let [free, counter] = [natural, 0];
  while (taken.has(free)) free = `${natural}-d${++counter}`;
  return free;
}

function withDependencies(
  { host_requirements: requirements = {}, metadata, ...component }: LockedComponent,
  { trigger_type: type, trigger_dependencies: dependencies = {} }: LockedTrigger,
): LockedComponent {
  const all = Object.hasOwn(dependencies, "middleware")
    ? { ...requirements, middleware: "required" as const }
    : requirements;
  const { id, source, env, files, config, dependencies: own } = component;
  return {
    id,
    metadata: sortedRecord(
      Object.entries({ ...metadata, "resolve-trigger-dependencies-using": type }),
    ) as NonNullable<LockedComponent["metadata"]>,
    source,
    ...(env === undefined ? {} : { env }),
    ...(files === undefined ? {} : { files }),
    ...(config === undefined ? {} : { config }),
    ...(own === undefined ? {} : { dependencies: own }),
    trigger_dependencies: dependencies,
    ...(Object.keys(all).length === 0 ? {} : { host_requirements: all }),
  };
}
