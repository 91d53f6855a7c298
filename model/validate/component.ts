import type { ComponentDefinition, ProfileDefinition, SourceDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { kebabProblem } from "../manifest/identifiers.ts";
import { pathTo } from "../toml/index.ts";
import { buildIssues } from "./build.ts";
import { dependencyIssues } from "./dependencies.ts";
import { environmentIssues } from "./environment.ts";
import { targetIssues } from "./manifest/application.ts";
import type { Siblings } from "./manifest/dependencies.ts";
import { excludedIssues } from "./manifest/files.ts";
import { sourceIssues as packageSourceIssues } from "./manifest/source.ts";
import { below, isWhole } from "./resource-paths.ts";

/**
 * What is wrong with a component by itself, its grants left aside. Members that are `undefined` are not known yet.
 * `idName` is what the id is called where the issue is shown: the resource's own input. `siblings` are the app's
 * components, once all of them are known.
 */
export function validateComponent(
  component: Partial<ComponentDefinition>,
  idName = "componentId",
  siblings?: Siblings,
): Issue[] {
  const { id, source, environment, excludeFiles = [], targets = [], profiles } = component;
  const problem = id === undefined ? undefined : kebabProblem(id);
  return [
    ...(problem === undefined
      ? []
      : [issue("ERR_SPIN_COMPONENT_ID", idName, `The component id "${id}" ${problem}.`)]),
    ...(source === undefined ? [] : sourceIssues(source, "source")),
    ...Object.entries(environment ?? {}).flatMap(([name, value]) =>
      environmentIssues(name, value, `environment.${name}`),
    ),
    ...buildIssues(component),
    ...excludedIssues(excludeFiles.map(knownText), "excludeFiles"),
    ...(isWhole(targets) ? targetIssues(targets, "targets") : []),
    ...dependencyIssues(component, siblings),
    ...Object.entries(profiles ?? {}).flatMap(([name, profile]) =>
      profileIssues(profile, below("profiles", pathTo("", name))),
    ),
  ];
}

function profileIssues(profile: Partial<ProfileDefinition> | undefined, path: string): Issue[] {
  const { source, environment = {} } = profile ?? {};
  return [
    ...(source === undefined ? [] : sourceIssues(source, `${path}.source`)),
    ...Object.entries(environment).flatMap(([name, value]) =>
      environmentIssues(name, value, `${path}.environment.${name}`),
    ),
  ];
}

/** What is not known yet is taken for something that is fine. */
function knownText(text: string | undefined): string {
  return text ?? "*";
}

function sourceIssues(source: SourceDefinition, path: string): Issue[] {
  if (typeof source !== "string") {
    if ("package" in source) return isWhole(source) ? packageSourceIssues(source, path) : [];
    return remoteIssues(source, path);
  }
  const problem = pathProblem(source);
  if (problem === undefined) return [];
  const message = `The source "${source}" ${problem}; expected a path relative to the project, with "/" between its parts.`;
  return [issue("ERR_SPIN_COMPONENT_SOURCE", path, message)];
}

function pathProblem(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.includes("\\")) return 'has "\\" in it';
  return path.startsWith("/") ? "is absolute" : undefined;
}

function remoteIssues({ url, digest }: { url?: string; digest?: string }, path: string): Issue[] {
  const issues: Issue[] = [];
  if (url !== undefined && !/^https?:\/\/[^/]/.test(url)) {
    issues.push(
      issue("ERR_SPIN_COMPONENT_SOURCE", `${path}.url`, `The URL "${url}" is not of http or https.`),
    );
  }
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    const message = `The digest "${digest}" is not sha256: and 64 lower-case hex digits.`;
    issues.push(issue("ERR_SPIN_COMPONENT_SOURCE", `${path}.digest`, message));
  }
  return issues;
}
