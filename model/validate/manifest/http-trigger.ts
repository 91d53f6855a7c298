import { type Issue, issue } from "../../errors/index.ts";
import { isReservedRoute, routeKey, routeProblem } from "../../manifest/route-pattern.ts";
import type { ManifestTrigger } from "../../manifest/types.ts";
import { isTable, shapes } from "../../toml/index.ts";
import { responseIssues } from "../static-response.ts";
import { settingIssues } from "./settings.ts";
import type { PlacedTrigger } from "./places.ts";

const { anything, flag, map, table, text, whole } = shapes({
  title: "The trigger",
  type: "ERR_SPIN_TRIGGER_SETTING",
  key: "ERR_SPIN_TRIGGER_SETTING",
  missing: "ERR_SPIN_TRIGGER_SETTING",
});
const staticResponse = table({ status_code: whole, headers: map(text), body: text }, anything);
const privateRoute = table({ "private!": flag });

/** `[[trigger.http]]` (crates/http/src/config.rs). */
export function httpTriggerIssues(trigger: ManifestTrigger, path: string): Issue[] {
  const { id: _id, component, components: _roles, dependencies: _dependencies, ...settings } = trigger;
  const { route, static_response: response, executor } = settings;
  return [
    ...routeIssues(route, `${path}.route`),
    ...targetIssues(component, response, route, path),
    ...(response === undefined ? [] : staticResponseIssues(response, `${path}.static_response`)),
    ...(executor === undefined ? [] : executorIssues(executor, `${path}.executor`)),
    ...settingIssues(settings, path, { route: "any", static_response: "any", executor: "any" }),
  ];
}

function routeIssues(route: unknown, path: string): Issue[] {
  if (typeof route === "string") return patternIssues(route, path);
  if (route === undefined) {
    const message = "The trigger has no route, which Spin requires.";
    return [
      issue("ERR_SPIN_TRIGGER_SETTING", path, message, { hint: 'Add route = "/..." or another pattern.' }),
    ];
  }
  if (!isTable(route)) {
    const message = `The route is ${JSON.stringify(route)}; expected a pattern, or { private = true }.`;
    return [issue("ERR_SPIN_TRIGGER_SETTING", path, message, { hint: "Write the pattern in quotes." })];
  }
  const problems = privateRoute(route, path);
  if (problems.length > 0 || route["private"] === true) return problems;
  const message = "The route is { private = false }; expected a pattern, or { private = true }.";
  return [issue("ERR_SPIN_ROUTE_PATTERN", path, message)];
}

/** Spin takes every pattern; what can never match is told as a warning, except the empty one, which is the root. */
function patternIssues(route: string, path: string): Issue[] {
  const severity = "warning" as const;
  if (isReservedRoute(route)) {
    const message = `The route "${route}" would never be reached: Spin answers what is below /.well-known/spin itself.`;
    return [issue("ERR_SPIN_ROUTE_RESERVED", path, message, { severity })];
  }
  const problem = routeProblem(route);
  return problem === undefined
    ? []
    : [issue("ERR_SPIN_ROUTE_PATTERN", path, `The route "${route}" ${problem}.`, { severity })];
}

function targetIssues(component: unknown, response: unknown, route: unknown, path: string): Issue[] {
  const title = typeof route === "string" ? `The route "${route}"` : "The trigger";
  if (component === undefined && response === undefined) {
    const message = `${title} has neither a component nor a static_response.`;
    return [issue("ERR_SPIN_ROUTE_TARGET", path, message, { hint: 'Add component = "<id>".' })];
  }
  if (component !== undefined && response !== undefined) {
    const message = `${title} has a component and a static_response; expected one of them.`;
    return [
      issue("ERR_SPIN_ROUTE_TARGET", `${path}.static_response`, message, { hint: "Remove one of them." }),
    ];
  }
  return [];
}

function staticResponseIssues(response: unknown, path: string): Issue[] {
  const problems = staticResponse(response, path);
  if (problems.length > 0 || !isTable(response)) return problems;
  const ignored = settingIssues(response, path, { status_code: "any", headers: "any", body: "any" });
  const { status_code: statusCode, headers } = response as {
    status_code?: number;
    headers?: Record<string, string>;
  };
  return [
    // Of a response, Spin takes other keys without a word.
    ...ignored.map((found): Issue => ({ ...found, severity: "warning" })),
    ...responseIssues(
      { ...(statusCode === undefined ? {} : { statusCode }), ...(headers === undefined ? {} : { headers }) },
      { status: `${path}.status_code`, headers: `${path}.headers` },
    ),
  ];
}

export function executorIssues(executor: unknown, path: string): Issue[] {
  const type = isTable(executor) ? executor["type"] : undefined;
  if (!isTable(executor) || typeof type !== "string" || !["http", "spin", "wagi"].includes(type)) {
    const message = `The executor is ${JSON.stringify(executor)}; expected { type = "http" } or { type = "wagi" }.`;
    // What Spin 3.5 and 3.6 needed to be told, later ones see by the component's exports.
    const hint =
      type === "wasip3-unstable"
        ? { hint: "Remove `executor`: since Spin 4 the component itself tells that it is of WASI 0.3." }
        : {};
    return [issue("ERR_SPIN_TRIGGER_EXECUTOR", path, message, hint)];
  }
  if (type !== "wagi") return settingIssues(executor, path, { type: "any" });
  const { entrypoint } = executor;
  const message =
    entrypoint === undefined || entrypoint === "_start"
      ? undefined
      : `The entrypoint is ${JSON.stringify(entrypoint)}; Spin calls _start alone.`;
  return [
    ...settingIssues(executor, path, { type: "any", argv: "any", entrypoint: "any" }),
    ...(message === undefined ? [] : [issue("ERR_SPIN_TRIGGER_EXECUTOR", `${path}.entrypoint`, message)]),
    issue(
      "ERR_SPIN_TRIGGER_EXECUTOR",
      path,
      "The executor is Wagi, which Spin has deprecated and will remove.",
      {
        severity: "warning",
        hint: "Build the component for wasi:http, and leave `executor` out.",
      },
    ),
  ];
}

/** Of routes that match the same paths, one alone is ever taken. */
export function repeatedRouteIssues(triggers: readonly PlacedTrigger[]): Issue[] {
  const first = new Map<string, string>();
  return triggers.flatMap(({ trigger: { route }, path }) => {
    if (typeof route !== "string") return [];
    const key = routeKey(route);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, path);
    if (earlier === undefined) return [];
    const message = `The route "${route}" matches the same paths as ${earlier}; Spin would serve only one of them, and not say so.`;
    return [issue("ERR_SPIN_ROUTE_DUPLICATE", `${path}.route`, message)];
  });
}
