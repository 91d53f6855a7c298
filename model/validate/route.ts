import type { RouteDefinition, StaticResponse } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { pathTo } from "../toml/index.ts";
import { isReservedRoute, routeProblem } from "../manifest/route-pattern.ts";

/** What is wrong with a route by itself. Members that are `undefined` are not known yet. */
export function validateRoute({ route, component, staticResponse }: Partial<RouteDefinition>): Issue[] {
  return [
    ...(typeof route === "string" ? patternIssues(route) : []),
    ...(component !== undefined && staticResponse !== undefined ? [bothTargets(component)] : []),
    ...(typeof route === "object" && staticResponse !== undefined ? [privateResponse()] : []),
    ...(staticResponse === undefined ? [] : responseIssues(staticResponse)),
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

/** RFC 9110, 5.1 and 5.5: a name is a token; a value has no control characters but tabs. */
export function responseIssues(
  { statusCode, headers }: Pick<Partial<StaticResponse>, "statusCode" | "headers">,
  paths = { status: "staticResponse.statusCode", headers: "staticResponse.headers" },
): Issue[] {
  const issues: Issue[] = [];
  if (statusCode !== undefined && !(Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599)) {
    const message = `The status code ${statusCode} cannot be answered; expected one from 200 to 599.`;
    issues.push(issue("ERR_SPIN_ROUTE_RESPONSE", paths.status, message));
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    const path = pathTo(paths.headers, name);
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      issues.push(issue("ERR_SPIN_ROUTE_RESPONSE", path, `"${name}" is no name of a header.`));
    } else if (value !== undefined && /[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      issues.push(
        issue(
          "ERR_SPIN_ROUTE_RESPONSE",
          path,
          `The value of the header "${name}" has characters that no header may have.`,
        ),
      );
    }
  }
  return issues;
}
