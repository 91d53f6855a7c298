import type { AppDefinition, ComponentDefinition, GrantDefinition, RouteDefinition } from "../definition.ts";
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import { kebabProblem } from "../manifest/identifiers.ts";
import { routeKey } from "../manifest/route-pattern.ts";
import { templateVariables } from "../manifest/template.ts";

type Parts = Pick<AppDefinition, "name" | "variables" | "components" | "routes">;

/** The parts of an app as far as they are known: `undefined` anywhere is not known yet, and nothing is said about it. */
export type PartsSoFar = {
  [K in keyof Parts]?: Parts[K] extends (infer T)[]
    ? (Partial<T> | undefined)[] | undefined
    : Parts[K] | undefined;
};

/** What is wrong between the parts of an app; each part by itself was judged before. */
export function validateApp(parts: PartsSoFar): Issue[] {
  return [
    ...nameIssues(parts.name),
    ...repeated(parts.variables, "variables", "name", ({ name }) => name, "ERR_SPIN_VARIABLE_DUPLICATE"),
    ...repeated(parts.components, "components", "id", ({ id }) => id, "ERR_SPIN_COMPONENT_DUPLICATE"),
    ...repeated(parts.routes, "routes", "route", keyOfRoute, "ERR_SPIN_ROUTE_DUPLICATE"),
    ...routeTargets(parts),
    ...unreached(parts),
    ...templates(parts),
    ...(parts.routes?.length === 0 ? [issue("ERR_SPIN_APP_ROUTES", "routes", "The app has no routes.")] : []),
  ];
}

/** The host makes a folder of the name, so it is stricter than Spin, as `spin new` is. */
function nameIssues(name: string | undefined): Issue[] {
  const problem = name === undefined ? undefined : kebabProblem(name);
  return problem === undefined
    ? []
    : [issue("ERR_SPIN_APP_NAME", "name", `The app's name "${name}" ${problem}.`)];
}

function keyOfRoute({ route }: Partial<RouteDefinition>): string | undefined {
  return typeof route === "string" ? routeKey(route) : undefined;
}

function repeated<T>(
  items: readonly (T | undefined)[] | undefined,
  list: string,
  property: string,
  keyOf: (item: T) => string | undefined,
  code: "ERR_SPIN_VARIABLE_DUPLICATE" | "ERR_SPIN_COMPONENT_DUPLICATE" | "ERR_SPIN_ROUTE_DUPLICATE",
): Issue[] {
  const first = new Map<string, number>();
  return (items ?? []).flatMap((item, index) => {
    const key = item === undefined ? undefined : keyOf(item);
    if (key === undefined) return [];
    const earlier = first.get(key);
    first.set(key, earlier ?? index);
    if (earlier === undefined) return [];
    return [issue(code, `${list}[${index}].${property}`, `"${key}" is already ${list}[${earlier}].`)];
  });
}

function routeTargets({ routes, components }: PartsSoFar): Issue[] {
  const ids = idsOf(components);
  return (routes ?? []).flatMap((route, index) => {
    if (route === undefined) return [];
    const { component, staticResponse } = route;
    if (component === undefined) {
      // Neither is an error only when both are surely absent: absent members have no key, unknown ones are undefined.
      const isOpen = "component" in route || staticResponse !== undefined || "staticResponse" in route;
      const path = `routes[${index}]`;
      return isOpen
        ? []
        : [issue("ERR_SPIN_ROUTE_TARGET", path, "The route has neither a component nor a static response.")];
    }
    if (ids === undefined || ids.includes(component)) return [];
    const guess = nearest(component, ids);
    const known = ids.length === 0 ? "no components" : `only ${ids.join(", ")}`;
    return [
      issue(
        "ERR_SPIN_ROUTE_COMPONENT",
        `routes[${index}].component`,
        `The route leads to "${component}", but the app has ${known}.`,
        guess === undefined ? {} : { hint: `Did you mean "${guess}"?` },
      ),
    ];
  });
}

function unreached({ routes, components }: PartsSoFar): Issue[] {
  if (routes === undefined || routes.some((route) => route === undefined)) return [];
  const reached = new Set(routes.map((route) => route?.component));
  if (routes.some((route) => route?.component === undefined && "component" in (route ?? {}))) return [];
  return (components ?? []).flatMap((component, index) => {
    if (component?.id === undefined || reached.has(component.id)) return [];
    const message = `No route leads to the component "${component.id}".`;
    return [issue("ERR_SPIN_COMPONENT_UNREACHED", `components[${index}]`, message, { severity: "warning" })];
  });
}

function templates({ variables, components }: PartsSoFar): Issue[] {
  if (variables === undefined || variables.some((variable) => variable?.name === undefined)) return [];
  const names = variables.map((variable) => variable?.name ?? "");
  return (components ?? []).flatMap((component, index) =>
    (component?.grants ?? []).flatMap((grant, position) =>
      templatesOf(grant).flatMap(([property, template]) =>
        templateVariables(template)
          .filter((name) => !names.includes(name))
          .map((name) => undeclared(`components[${index}].grants[${position}].${property}`, name, names)),
      ),
    ),
  );
}

function templatesOf(grant: Partial<GrantDefinition> | undefined): [string, string][] {
  const hosts = (grant?.allowedOutboundHosts ?? []).map((host, index): [string, string] => [
    `allowedOutboundHosts[${index}]`,
    host,
  ]);
  const variables = Object.entries(grant?.variables ?? {}).map(([name, text]): [string, string] => [
    `variables.${name}`,
    text,
  ]);
  return [...hosts, ...variables].filter(([, text]) => typeof text === "string");
}

function undeclared(path: string, name: string, names: string[]): Issue {
  const guess = nearest(name, names);
  const message = `The template names the variable "${name}", which the app does not declare.`;
  return issue(
    "ERR_SPIN_TEMPLATE_VARIABLE",
    path,
    message,
    guess === undefined ? {} : { hint: `Did you mean "${guess}"?` },
  );
}

function idsOf(components: (Partial<ComponentDefinition> | undefined)[] | undefined): string[] | undefined {
  const ids = components?.map((component) => component?.id);
  return ids?.every((id) => id !== undefined) === true ? ids : undefined;
}
