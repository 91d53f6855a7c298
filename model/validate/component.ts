import type { ComponentDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { kebabProblem } from "../manifest/identifiers.ts";

/**
 * What is wrong with a component by itself, its grants left aside. Members that are `undefined` are not known yet.
 * `idName` is what the id is called where the issue is shown: the resource's own input.
 */
export function validateComponent(component: Partial<ComponentDefinition>, idName = "componentId"): Issue[] {
  const { id, source, environment } = component;
  const problem = id === undefined ? undefined : kebabProblem(id);
  return [
    ...(problem === undefined
      ? []
      : [issue("ERR_SPIN_COMPONENT_ID", idName, `The component id "${id}" ${problem}.`)]),
    ...(source === undefined ? [] : sourceIssues(source)),
    ...Object.entries(environment ?? {}).flatMap(([name, value]) =>
      environmentIssues(name, value, `environment.${name}`),
    ),
  ];
}

function sourceIssues(source: ComponentDefinition["source"]): Issue[] {
  if (typeof source !== "string") return remoteIssues(source);
  const problem = pathProblem(source);
  if (problem === undefined) return [];
  const message = `The source "${source}" ${problem}; expected a path relative to the project, with "/" between its parts.`;
  return [issue("ERR_SPIN_COMPONENT_SOURCE", "source", message)];
}

function pathProblem(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.includes("\\")) return 'has "\\" in it';
  return path.startsWith("/") ? "is absolute" : undefined;
}

function remoteIssues({ url, digest }: { url?: string; digest?: string }): Issue[] {
  const issues: Issue[] = [];
  if (url !== undefined && !/^https?:\/\/[^/]/.test(url)) {
    issues.push(
      issue("ERR_SPIN_COMPONENT_SOURCE", "source.url", `The URL "${url}" is not of http or https.`),
    );
  }
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    const message = `The digest "${digest}" is not sha256: and 64 lower-case hex digits.`;
    issues.push(issue("ERR_SPIN_COMPONENT_SOURCE", "source.digest", message));
  }
  return issues;
}

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
