import { parseAllowedHost } from "../capability/allowed-hosts.ts";
import type { GrantDefinition } from "../definition.ts";
import { type Issue, isSpinError, issue } from "../errors/index.ts";
import { labelProblem, variableNameProblem } from "../manifest/identifiers.ts";
import { isTemplate, parseTemplate } from "../manifest/template.ts";

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

function hostIssues(host: string, path: string): Issue[] {
  return failuresOf(path, () => (isTemplate(host) ? parseTemplate(host) : parseAllowedHost(host)));
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

function fileIssues({ source, destination }: GrantDefinition["files"][number], path: string): Issue[] {
  const parts = `${source}/${destination}`.split("/");
  if (!parts.includes("..") && !source.startsWith("/")) return [];
  return [
    issue(
      "ERR_SPIN_GRANT_FILE",
      path,
      `"${source}" → "${destination}" leaves the project: expected paths below it, without "..".`,
    ),
  ];
}

function variableIssues(name: string, template: string | undefined): Issue[] {
  const path = `variables.${name}`;
  const problem = variableNameProblem(name);
  return [
    ...(problem === undefined
      ? []
      : [issue("ERR_SPIN_VARIABLE_NAME", path, `The variable name "${name}" ${problem}.`)]),
    ...(template === undefined ? [] : failuresOf(path, () => parseTemplate(template))),
  ];
}

function failuresOf(path: string, parse: () => unknown): Issue[] {
  try {
    parse();
    return [];
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return [issue(error.code, path, error.message, { hint: error.hint })];
  }
}
