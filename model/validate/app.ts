import type { AppDefinition, ComponentDefinition, GrantDefinition, RouteDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { componentOf } from "../manifest/from-definition.ts";
import { routeKey } from "../manifest/route-pattern.ts";
import { validateComponent } from "./component.ts";
import { validateGrant } from "./grant.ts";
import { commonSettingIssues, targetIssues as environmentTargetIssues } from "./manifest/application.ts";
import type { Siblings } from "./manifest/dependencies.ts";
import type { KnownVariables } from "./manifest/settings.ts";
import { repeatedIds } from "./manifest/triggers.ts";
import { below, inResource, isWhole } from "./resource-paths.ts";
import { validateRoute } from "./route.ts";
import { targetIssues, unreachedIssues } from "./routing.ts";
import { templateIssues } from "./templates.ts";
import { validateTrigger } from "./trigger.ts";
import { validateVariable } from "./variable.ts";

type Parts = Pick<
  AppDefinition,
  "name" | "variables" | "components" | "routes" | "triggers" | "triggerSettings" | "targets"
>;

/** The parts of an app as far as they are known: `undefined` anywhere is not known yet, and nothing is said about it. */
export type PartsSoFar = {
  [K in keyof Parts]?: NonNullable<Parts[K]> extends (infer T)[]
    ? (Partial<T> | undefined)[] | undefined
    : Parts[K] | undefined;
};

/** All that is wrong with an app: each of its parts, and what lies between them. */
export function validateApp(parts: PartsSoFar): Issue[] {
  const { name, variables, components, routes, triggers, triggerSettings = {}, targets = [] } = parts;
  const siblings = siblingsOf(components);
  const known = variablesOf(variables);
  const common = isWhole(triggerSettings) ? triggerSettings : {};
  return [
    ...nameIssues(name),
    ...eachOf(variables, "variables", validateVariable),
    ...repeated(variables, "variables", (it) => it.name).map(sameVariable),
    ...eachOf(components, "components", (it) => componentIssues(it, siblings)),
    ...repeated(components, "components", (it) => it.id).map(sameComponent),
    ...eachOf(routes, "routes", (it) => validateRoute(it, siblings)),
    ...repeated(routes, "routes", keyOfRoute).map(sameRoute),
    ...targetIssues(routes, components),
    ...eachOf(triggers, "triggers", (it) =>
      validateTrigger(it, "settings", { siblings, variables: known, common }),
    ),
    ...inResource(repeatedIds([...placed(routes, "routes"), ...placed(triggers, "triggers")])),
    ...inResource(commonSettingIssues(common, "triggerSettings", known)),
    ...(isWhole(targets) ? inResource(environmentTargetIssues(targets, "targets")) : []),
    ...unreachedIssues(parts),
    ...templates(parts),
    ...(routes?.length === 0 && (triggers ?? []).length === 0
      ? [issue("ERR_SPIN_APP_ROUTES", "routes", "The app has no routes, so nothing would ever run.")]
      : []),
  ];
}

/** Spin takes any name; a target may want less. */
function nameIssues(name: string | undefined): Issue[] {
  return name?.trim() === "" ? [issue("ERR_SPIN_APP_NAME", "name", "The app's name is empty.")] : [];
}

/** Those that other parts may name, or nothing while one of them is not known. */
function siblingsOf(components: PartsSoFar["components"]): Siblings | undefined {
  if (components === undefined || !components.every(isPlanned)) return undefined;
  const known = components as ComponentDefinition[];
  return { component: Object.fromEntries(known.map((it) => [it.id, componentOf({ ...nothing, ...it })])) };
}

const nothing = { environment: {}, grants: [] };

/** Known but for what its build decides. */
function isPlanned(component: Component | undefined): boolean {
  if (component === undefined) return false;
  const { digest: _digest, size: _size, imports: _imports, exports: _exports, ...own } = component;
  return own.id !== undefined && isWhole(own);
}

function variablesOf(variables: PartsSoFar["variables"]): KnownVariables {
  if (variables === undefined || !variables.every((it) => it?.name !== undefined)) return "not known";
  return Object.fromEntries(variables.map((it) => [it?.name, {}]));
}

function placed(
  triggers: readonly ({ id?: string | undefined } | undefined)[] | undefined,
  list: string,
): { trigger: { id?: string }; path: string }[] {
  return (triggers ?? []).map((it, index) => ({
    trigger: it?.id === undefined ? {} : { id: it.id },
    path: `${list}[${index}]`,
  }));
}

function eachOf<T>(
  items: readonly (T | undefined)[] | undefined,
  list: string,
  validate: (item: T) => Issue[],
): Issue[] {
  return (items ?? []).flatMap((item, index) =>
    item === undefined ? [] : under(`${list}[${index}]`, validate(item)),
  );
}

function under(path: string, issues: Issue[]): Issue[] {
  return issues.map((found) => ({ ...found, path: below(path, found.path) }));
}

type Component = NonNullable<NonNullable<PartsSoFar["components"]>[number]>;

function componentIssues(component: Component, siblings: Siblings | undefined): Issue[] {
  return [
    ...validateComponent(component, "id", siblings),
    ...eachOf<Partial<GrantDefinition>>(component.grants, "grants", validateGrant),
    ...contradictions(component),
  ];
}

/** Of two templates for one name only the later one would count, and nobody would see it. */
function contradictions({ grants }: Component): Issue[] {
  const first = new Map<string, { template: string; index: number }>();
  return (grants ?? []).flatMap((grant: Partial<GrantDefinition> | undefined, index) =>
    Object.entries(grant?.variables ?? {}).flatMap(([name, template]) => {
      const earlier = first.get(name);
      if (typeof template === "string" && earlier === undefined) first.set(name, { template, index });
      if (typeof template !== "string" || earlier === undefined || earlier.template === template) return [];
      const message = `The variable "${name}" is "${template}" here and "${earlier.template}" in grants[${earlier.index}].`;
      return [issue("ERR_SPIN_GRANT_VARIABLE", `grants[${index}].variables.${name}`, message)];
    }),
  );
}

function keyOfRoute({ route }: Partial<RouteDefinition>): string | undefined {
  return typeof route === "string" ? routeKey(route) : undefined;
}

interface Repetition<T> {
  item: T;
  path: string;
  /** The first that is the same, and its path. */
  first: T;
  earlier: string;
}

function repeated<T>(
  items: readonly (T | undefined)[] | undefined,
  list: string,
  keyOf: (item: T) => string | undefined,
): Repetition<T>[] {
  const seen = new Map<string, number>();
  return (items ?? []).flatMap((item, index) => {
    const key = item === undefined ? undefined : keyOf(item);
    if (item === undefined || key === undefined) return [];
    const earlier = seen.get(key);
    seen.set(key, earlier ?? index);
    if (earlier === undefined) return [];
    const original = items?.[earlier] ?? item;
    return [{ item, path: `${list}[${index}]`, first: original, earlier: `${list}[${earlier}]` }];
  });
}

function sameVariable({ item, path, earlier }: Repetition<{ name?: string }>): Issue {
  const message = `The variable "${item.name}" is already declared by ${earlier}.`;
  return issue("ERR_SPIN_VARIABLE_DUPLICATE", `${path}.name`, message);
}

function sameComponent({ item, path, earlier }: Repetition<{ id?: string }>): Issue {
  const message = `The component id "${item.id}" is already taken by ${earlier}.`;
  return issue("ERR_SPIN_COMPONENT_DUPLICATE", `${path}.id`, message);
}

function sameRoute({ item, path, first, earlier }: Repetition<Partial<RouteDefinition>>): Issue {
  // Only patterns have keys that can repeat; a private route is no text and never comes here.
  const [route, former] = [item.route as string, first.route as string];
  const message = `The route "${route}" matches the same paths as "${former}", which is ${earlier}.`;
  return issue("ERR_SPIN_ROUTE_DUPLICATE", `${path}.route`, message);
}

function templates({ variables, components }: PartsSoFar): Issue[] {
  const known = variables?.filter((variable) => variable?.name !== undefined);
  // A variable whose name is not known yet may be the one that a template means.
  if (known === undefined || known.length !== variables?.length) return [];
  return eachOf(components, "components", ({ grants }) =>
    templateIssues(grants ?? [], known as NonNullable<(typeof known)[number]>[]),
  );
}
