import type { RouteDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { triggerDependencyIssues } from "./dependencies.ts";
import type { Siblings } from "./manifest/dependencies.ts";
import { executorIssues } from "./manifest/http-trigger.ts";
import { isWhole } from "./resource-paths.ts";
import { responseIssues } from "./static-response.ts";
import { componentReferenceIssues } from "./trigger.ts";
import { isReservedRoute, routeProblem } from "../manifest/route-pattern.ts";

/** What is wrong with a route by itself. Members that are `undefined` are not known yet. */
export function validateRoute(definition: Partial<RouteDefinition>, siblings?: Siblings): Issue[] {
  const { route, component, components, staticResponse, executor, middleware = [] } = definition;
  return [
    ...(typeof route === "string" ? patternIssues(route) : []),
    ...(component !== undefined && staticResponse !== undefined ? [bothTargets(component)] : []),
    ...(typeof route === "object" && staticResponse !== undefined ? [privateResponse()] : []),
    ...(staticResponse === undefined ? [] : responseIssues(staticResponse)),
    ...(executor !== undefined && isWhole(executor) ? executorIssues(executor, "executor") : []),
    ...triggerDependencyIssues("http", "middleware", middleware, "middleware", siblings),
    ...(siblings === undefined || components === undefined
      ? []
      : componentReferenceIssues({ components }, siblings)),
  ];
}

function patternIssues(route: string): Issue[] {
  const problem = routeProblem(route);
  if (problem !== undefined)
    return [issue("ERR_SPIN_ROUTE_PATTERN", "route", `The route "${route}" ${problem}.`)];
  if (!isReservedRoute(route)) return [];
  const message = `The route "${route}" would never be reached: the host answers what is below /.well-known/spin itself.`;
  return [issue("ERR_SPIN_ROUTE_RESERVED", "route", message)];
}

function bothTargets(component: string): Issue {
  const message = `The route has the component "${component}" and a static response; expected one of them.`;
  return issue("ERR_SPIN_ROUTE_TARGET", "staticResponse", message);
}

function privateResponse(): Issue {
  const message = "The route is private and has a static response, which nobody could reach.";
  return issue("ERR_SPIN_ROUTE_TARGET", "staticResponse", message, { hint: "Give it a path, or remove it." });
}
