import type {
  ComponentDefinition,
  DependencyDefinition,
  RouteDefinition,
  TriggerDefinition,
} from "../definition.ts";
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";

type Routes = readonly (Partial<RouteDefinition> | undefined)[] | undefined;
type Components = readonly (Partial<ComponentDefinition> | undefined)[] | undefined;

/** Whether each route leads to something that is there. */
export function targetIssues(routes: Routes, components: Components): Issue[] {
  const ids = components?.map((component) => component?.id);
  return (routes ?? []).flatMap((route, index) => {
    if (route === undefined) return [];
    if (route.component === undefined) return isOpen(route) ? [] : [withoutTarget(index)];
    // A component whose id is not known yet may be the one.
    if (ids === undefined || ids.includes(undefined) || ids.includes(route.component)) return [];
    return [
      unknownComponent(
        route.component,
        index,
        ids.filter((id) => id !== undefined),
      ),
    ];
  });
}

interface Reaching {
  routes?: Routes;
  triggers?: readonly (Partial<TriggerDefinition> | undefined)[] | undefined;
  components?: Components;
}

/**
 * Components that no trigger leads to and no other depends on. Calls between components need a route as well, if a
 * private one. While something is not known yet that may lead anywhere, nothing is said.
 */
export function unreachedIssues({ routes, triggers = [], components }: Reaching): Issue[] {
  const leads = [...(routes ?? [undefined]), ...triggers];
  if (leads.some((it) => it === undefined || mayLeadAnywhere(it))) return [];
  const dependencies = [
    ...(components ?? []).flatMap((it) => dependenciesOf(it)),
    ...(routes ?? []).flatMap((it) => it?.middleware ?? []),
    ...triggers.flatMap((it) => Object.values(it?.dependencies ?? {}).flat()),
  ];
  const reached = new Set([
    ...leads.flatMap((it) => [it?.component, ...Object.values(it?.components ?? {}).flat()]),
    ...dependencies.map((it) => (typeof it === "object" && "component" in it ? it.component : undefined)),
  ]);
  return (components ?? []).flatMap((component, index) => {
    if (component?.id === undefined || reached.has(component.id)) return [];
    const message = `No route leads to the component "${component.id}", so it would never run.`;
    return [issue("ERR_SPIN_COMPONENT_UNREACHED", `components[${index}]`, message, { severity: "warning" })];
  });
}

function dependenciesOf(component: Partial<ComponentDefinition> | undefined): DependencyDefinition[] {
  const profiles = Object.values(component?.profiles ?? {});
  return [component, ...profiles].flatMap((it) => Object.values(it?.dependencies ?? {}));
}

/** Absent members have no key, members that are not known yet are `undefined`. */
function isOpen(route: Partial<RouteDefinition>): boolean {
  return "component" in route || "staticResponse" in route;
}

function mayLeadAnywhere(route: Pick<Partial<RouteDefinition>, "component">): boolean {
  return route.component === undefined && "component" in route;
}

function withoutTarget(index: number): Issue {
  return issue(
    "ERR_SPIN_ROUTE_TARGET",
    `routes[${index}]`,
    "The route has neither a component nor a static response.",
  );
}

function unknownComponent(component: string, index: number, ids: string[]): Issue {
  const guess = nearest(component, ids);
  const known = ids.length === 0 ? "no components" : `only ${ids.map((id) => `"${id}"`).join(", ")}`;
  const message = `The route leads to the component "${component}", but the app has ${known}.`;
  const hint = guess === undefined ? {} : { hint: `Did you mean "${guess}"?` };
  return issue("ERR_SPIN_ROUTE_COMPONENT", `routes[${index}].component`, message, hint);
}
