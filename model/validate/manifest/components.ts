import { type Issue, issue } from "../../errors/index.ts";
import { fromHttpHosts, httpHostIssues } from "../../manifest/http-hosts.ts";
import { kebabProblem, labelProblem, variableNameProblem } from "../../manifest/identifiers.ts";
import { isTemplate } from "../../manifest/template.ts";
import type { Manifest, ManifestComponent } from "../../manifest/types.ts";
import { pathAt, pathTo } from "../../toml/index.ts";
import { allowedHostIssues } from "../allowed-host.ts";
import { environmentIssues } from "../environment.ts";
import { hostTemplateIssues } from "../templates.ts";
import { templateSyntaxIssues } from "../template-syntax.ts";
import { targetIssues } from "./application.ts";
import { fileIssues } from "./files.ts";
import { componentsOf } from "./places.ts";
import { templateIssues } from "./settings.ts";
import { sourceIssues } from "./source.ts";

export function componentIssues(manifest: Manifest): Issue[] {
  return componentsOf(manifest).flatMap(({ id, component, path }) => [
    ...idIssues(id, path),
    ...sourceIssues(component.source, `${path}.source`),
    ...hostIssues(component, path, manifest),
    ...oldHostIssues(component, path),
    ...variableIssues(component, path, manifest),
    ...Object.entries(component.environment ?? {}).flatMap(([name, value]) =>
      environmentIssues(name, value, pathTo(`${path}.environment`, name)),
    ),
    ...labelIssues(component, path),
    ...fileIssues(component, path),
    ...buildIssues(component, path),
    ...targetIssues(component.targets ?? [], `${path}.targets`),
  ]);
}

function idIssues(id: string | undefined, path: string): Issue[] {
  const problem = id === undefined ? undefined : kebabProblem(id);
  return problem === undefined
    ? []
    : [issue("ERR_SPIN_COMPONENT_ID", path, `The component id "${id}" ${problem}.`)];
}

function hostIssues(
  { allowed_outbound_hosts: hosts = [] }: ManifestComponent,
  path: string,
  manifest: Manifest,
): Issue[] {
  const variables = Object.entries(manifest.variables ?? {}).map(([name, it]) => ({
    name,
    ...(it.default === undefined ? {} : { default: it.default }),
  }));
  return hosts.flatMap((host, index) => {
    const at = pathAt(`${path}.allowed_outbound_hosts`, index);
    if (!isTemplate(host)) return allowedHostIssues(host, at);
    return [...templateSyntaxIssues(host, at), ...hostTemplateIssues(host, at, variables)];
  });
}

function oldHostIssues({ allowed_http_hosts: hosts }: ManifestComponent, path: string): Issue[] {
  const at = `${path}.allowed_http_hosts`;
  if (hosts === undefined) return [];
  const wrong = hosts.flatMap((host, index) => httpHostIssues(host, pathAt(at, index)));
  if (wrong.length > 0) return wrong;
  const hint = `Write allowed_outbound_hosts = ${JSON.stringify(fromHttpHosts(hosts))} instead.`;
  const message = "`allowed_http_hosts` is deprecated.";
  return [issue("ERR_SPIN_COMPONENT_DEPRECATED", at, message, { severity: "warning", hint })];
}

function variableIssues({ variables = {} }: ManifestComponent, path: string, manifest: Manifest): Issue[] {
  return Object.entries(variables).flatMap(([name, template]) => {
    const at = pathTo(`${path}.variables`, name);
    const problem = variableNameProblem(name);
    return [
      ...(problem === undefined
        ? []
        : [issue("ERR_SPIN_VARIABLE_NAME", at, `The variable name "${name}" ${problem}.`)]),
      ...templateIssues(template, at, manifest.variables),
    ];
  });
}

/** Model names are free; labels are not. */
function labelIssues(component: ManifestComponent, path: string): Issue[] {
  return (["key_value_stores", "sqlite_databases"] as const).flatMap((key) =>
    (component[key] ?? []).flatMap((label, index) => {
      const problem = labelProblem(label);
      const at = pathAt(`${path}.${key}`, index);
      return problem === undefined
        ? []
        : [issue("ERR_SPIN_GRANT_LABEL", at, `The label "${label}" ${problem}.`)];
    }),
  );
}

function buildIssues({ build }: ManifestComponent, path: string): Issue[] {
  const workdir = build?.workdir;
  if (workdir === undefined) return [];
  const at = `${path}.build.workdir`;
  if (workdir.startsWith("/"))
    return [
      issue(
        "ERR_SPIN_COMPONENT_BUILD",
        at,
        `The workdir "${workdir}" is absolute; Spin refuses to build it.`,
      ),
    ];
  if (!leaves(workdir)) return [];
  // Spin builds there without a word (crates/build/src/lib.rs).
  const message = `The workdir "${workdir}" leaves the application's folder.`;
  return [issue("ERR_SPIN_COMPONENT_BUILD", at, message, { severity: "warning" })];
}

function leaves(path: string): boolean {
  let depth = 0;
  for (const part of path.split("/")) {
    if (part === "..") depth--;
    else if (part !== "" && part !== ".") depth++;
    if (depth < 0) return true;
  }
  return false;
}
