import type { RouteDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { isReservedRoute, routeProblem } from "../manifest/route-pattern.ts";

/** What is wrong with a route by itself. Members that are `undefined` are not known yet. */
export function validateRoute({ route, component, staticResponse }: Partial<RouteDefinition>): Issue[] {
  const issues: Issue[] = [];
  if (typeof route === "string") {
    const problem = routeProblem(route);
    if (problem !== undefined)
      issues.push(issue("ERR_SPIN_ROUTE_PATTERN", "route", `The route "${route}" ${problem}.`));
    if (isReservedRoute(route)) {
      issues.push(
        issue("ERR_SPIN_ROUTE_RESERVED", "route", `The route "${route}" lies below /.well-known/spin.`),
      );
    }
  }
  if (component !== undefined && staticResponse !== undefined) {
    issues.push(
      issue(
        "ERR_SPIN_ROUTE_TARGET",
        "staticResponse",
        `The route has the component "${component}" and a static response.`,
      ),
    );
  }
  return issues;
}
