import type { Issue } from "../errors/index.ts";

/** Keys of spin.toml where rules for manifests put them, and the inputs of resources that they are. */
const inputs: [RegExp, string][] = [
  [/(^|\.)inherit_configuration\b/, "$1inheritConfiguration"],
  [/(^|\.)dependencies_inherit_configuration\b/, "$1dependenciesInheritConfiguration"],
  [/(^|\.)profile\./, "$1profiles."],
];

/** Issues that a rule for manifests found in a part of a resource, below `path`, in the words of resources. */
export function inResource(issues: Issue[], path = ""): Issue[] {
  return issues.map((found) => ({ ...found, path: below(path, resourcePath(found.path)) }));
}

/** A path of the manifest in the words of resources. */
export function resourcePath(path: string): string {
  return inputs
    .reduce((text, [key, input]) => text.replace(key, input), path)
    .replaceAll(/\.?("(?:[^"\\]|\\.)*")/g, "[$1]");
}

export function below(path: string, rest: string): string {
  if (path === "" || rest === "") return path + rest;
  return rest.startsWith("[") ? path + rest : `${path}.${rest}`;
}

/** Whether all of a value is known: what stands in place of a part that is not known yet is `undefined`. */
export function isWhole(value: unknown): boolean {
  if (value === undefined) return false;
  return typeof value !== "object" || value === null || Object.values(value).every(isWhole);
}
