import type { ComponentDefinition, GrantDefinition, VariableDefinition } from "../definition.ts";
import { nearest } from "../did-you-mean.ts";
import { type Issue, isSpinError, issue } from "../errors/index.ts";
import { isTemplate, parseTemplate, resolveTemplate, type TemplatePart } from "../manifest/template.ts";
import { allowedHostIssues } from "./allowed-host.ts";

type Grant = Partial<GrantDefinition> | undefined;

/** Templates of a component's grants held against the application's variables, whose names must all be known. */
export function templateIssues(
  grants: ComponentDefinition["grants"] | Grant[],
  variables: readonly Partial<VariableDefinition>[],
): Issue[] {
  return grants.flatMap((grant: Grant, index) => {
    const path = `grants[${index}]`;
    const hosts = (grant?.allowedOutboundHosts ?? []).flatMap((host, position) =>
      typeof host === "string"
        ? hostTemplateIssues(host, `${path}.allowedOutboundHosts[${position}]`, variables)
        : [],
    );
    const others = Object.entries(grant?.variables ?? {}).flatMap(([name, template]) =>
      typeof template === "string" ? undeclaredIssues(template, `${path}.variables.${name}`, variables) : [],
    );
    return [...hosts, ...others];
  });
}

/** With defaults for all its variables, what a host becomes is known before any deployment gives values. */
export function hostTemplateIssues(
  host: string,
  path: string,
  variables: readonly Partial<VariableDefinition>[],
): Issue[] {
  const missing = undeclaredIssues(host, path, variables);
  if (missing.length > 0 || !isTemplate(host) || partsOf(host) === undefined) return missing;
  const defaults = new Map(variables.map((variable) => [variable.name, variable.default]));
  const names = (partsOf(host) ?? []).flatMap((part) => ("variable" in part ? [part.variable] : []));
  if (names.some((name) => defaults.get(name) === undefined)) return [];
  const resolved = resolveTemplate(host, (name) => defaults.get(name) ?? "");
  // An empty variable switches an entry off.
  if (["", "http://", "https://"].includes(resolved)) return [];
  return allowedHostIssues(resolved, path).map((found) => ({
    ...found,
    message: `With the default ${names.length === 1 ? "value of its variable" : "values of its variables"}, ${lowerFirst(found.message)}`,
  }));
}

/** Each issue quotes the template; nobody reads more of one. */
const mostUndeclared = 20;

/** Variables that a template names and the application does not declare. */
export function undeclaredIssues(
  template: string,
  path: string,
  variables: readonly Partial<VariableDefinition>[],
): Issue[] {
  const names = new Set(variables.flatMap(({ name }) => name ?? []));
  const used = new Set(
    (partsOf(template) ?? []).flatMap((part) => ("variable" in part ? part.variable : [])),
  );
  const undeclared = [...used].filter((name) => !names.has(name));
  return undeclared.slice(0, mostUndeclared).map((name) => {
    const guess = nearest(name, names);
    const message = `The template "${template}" names the variable "${name}", which the app does not declare.`;
    return issue(
      "ERR_SPIN_TEMPLATE_VARIABLE",
      path,
      message,
      guess === undefined ? {} : { hint: `Did you mean "${guess}"?` },
    );
  });
}

function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

/** `undefined` for a template that is malformed: the grant's own validation speaks about that. */
function partsOf(template: string): TemplatePart[] | undefined {
  try {
    return parseTemplate(template);
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}
