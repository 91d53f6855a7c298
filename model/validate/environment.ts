import { type Issue, issue } from "../errors/index.ts";

/** Names as POSIX has them; values may be anything but NUL, which ends them in C. */
export function environmentIssues(name: string, value: string | undefined, path: string): Issue[] {
  const problem = name === "" ? "has no name" : /[=\0]/.test(name) ? 'has "=" or NUL in its name' : undefined;
  if (problem !== undefined)
    return [issue("ERR_SPIN_COMPONENT_ENVIRONMENT", path, `The environment variable "${name}" ${problem}.`)];
  if (value?.includes("\0")) {
    return [
      issue(
        "ERR_SPIN_COMPONENT_ENVIRONMENT",
        path,
        `The value of the environment variable "${name}" has NUL in it.`,
      ),
    ];
  }
  return [];
}
