import type { GrantDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { labelProblem, variableNameProblem } from "../manifest/identifiers.ts";
import { isTemplate } from "../manifest/template.ts";
import { allowedHostIssues } from "./allowed-host.ts";
import { patternIssues } from "./manifest/files.ts";
import { templateSyntaxIssues } from "./template-syntax.ts";

/** What is wrong with a grant by itself. Members that are `undefined` are not known yet. */
export function validateGrant(grant: Partial<GrantDefinition>): Issue[] {
  return [
    ...each(grant.allowedOutboundHosts, "allowedOutboundHosts", hostIssues),
    ...each(grant.keyValueStores, "keyValueStores", labelIssues),
    ...each(grant.sqliteDatabases, "sqliteDatabases", labelIssues),
    ...each(grant.aiModels, "aiModels", modelIssues),
    ...each(grant.files, "files", fileIssues),
    ...Object.entries(grant.variables ?? {}).flatMap(([name, template]) => variableIssues(name, template)),
  ];
}

function each<T>(
  items: readonly (T | undefined)[] | undefined,
  name: string,
  check: (item: T, path: string) => Issue[],
): Issue[] {
  return (items ?? []).flatMap((item, index) => (item === undefined ? [] : check(item, `${name}[${index}]`)));
}

/** What a template becomes is judged where the variables' defaults are known. */
function hostIssues(host: string, path: string): Issue[] {
  return isTemplate(host) ? templateSyntaxIssues(host, path) : allowedHostIssues(host, path);
}

function labelIssues(label: string, path: string): Issue[] {
  const problem = labelProblem(label);
  return problem === undefined
    ? []
    : [issue("ERR_SPIN_GRANT_LABEL", path, `The label "${label}" ${problem}.`)];
}

function modelIssues(model: string, path: string): Issue[] {
  return model === "" ? [issue("ERR_SPIN_GRANT_MODEL", path, "The name of a model is empty.")] : [];
}

function fileIssues(mount: string | Partial<PlacedFiles>, path: string): Issue[] {
  if (typeof mount === "string") return patternIssues(mount, path);
  const { source, destination } = mount;
  return [
    ...pathIssues(source, `${path}.source`, "relative to the project", true),
    ...pathIssues(destination, `${path}.destination`, "of the guest", false),
  ];
}

type PlacedFiles = Exclude<GrantDefinition["files"][number], string>;

function pathIssues(text: string | undefined, path: string, whose: string, isRelative: boolean): Issue[] {
  if (text === undefined) return [];
  const problem = pathProblem(text, isRelative);
  return problem === undefined
    ? []
    : [issue("ERR_SPIN_GRANT_FILE", path, `The path "${text}" ${problem}; expected a path ${whose}.`)];
}

function pathProblem(text: string, isRelative: boolean): string | undefined {
  if (text === "") return "is empty";
  if (text.includes("\\")) return 'has "\\" between its parts, where "/" belongs';
  if (text.split("/").includes("..")) return 'has "..", which may lead out of it';
  return isRelative && text.startsWith("/") ? "is absolute" : undefined;
}

function variableIssues(name: string, template: string | undefined): Issue[] {
  const path = `variables.${name}`;
  const problem = variableNameProblem(name);
  return [
    ...(problem === undefined
      ? []
      : [issue("ERR_SPIN_VARIABLE_NAME", path, `The variable name "${name}" ${problem}.`)]),
    ...(template === undefined ? [] : templateSyntaxIssues(template, path)),
  ];
}
