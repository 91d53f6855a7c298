import type { StaticResponse } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { pathTo } from "../toml/index.ts";

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
      issues.push(issue("ERR_SPIN_ROUTE_RESPONSE", path, `"${name}" cannot be the name of an HTTP header.`));
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
