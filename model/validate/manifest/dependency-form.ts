import { nearest } from "../../did-you-mean.ts";
import { type Issue, issue } from "../../errors/index.ts";
import type { Manifest, ManifestDependency } from "../../manifest/types.ts";
import { pathAt } from "../../toml/index.ts";
import { packageIssues, remoteIssues } from "./source.ts";

/** The components that a dependency may be one of. */
type Siblings = Pick<Manifest, "component">;

/** Where a dependency's binary comes from, and what it inherits. */
export function dependencyFormIssues(
  dependency: ManifestDependency,
  path: string,
  siblings?: Siblings,
): Issue[] {
  if (typeof dependency === "string") return requirementIssues(dependency, path);
  return [...originIssues(dependency, path, siblings), ...inheritIssues(dependency, path)];
}

type Table = Exclude<ManifestDependency, string>;

function originIssues(dependency: Table, path: string, siblings?: Siblings): Issue[] {
  if ("version" in dependency) {
    const { version, package: name } = dependency;
    return [
      ...requirementIssues(version, `${path}.version`),
      ...(name === undefined ? [] : packageIssues(name, `${path}.package`)),
    ];
  }
  if ("path" in dependency) {
    const message = "The dependency's path is empty.";
    return dependency.path === "" ? [issue("ERR_SPIN_DEPENDENCY_FORM", `${path}.path`, message)] : [];
  }
  if ("url" in dependency) return remoteIssues(dependency, path);
  return siblings === undefined ? [] : componentIssues(dependency.component, `${path}.component`, siblings);
}

/** A requirement as Cargo writes it: comparators such as `^1.2`, `>=1, <3`, `~0.4`, `1.*`. */
function requirementIssues(text: string, path: string): Issue[] {
  const part = "(\\d+|[*xX])";
  const comparator = new RegExp(
    `^\\s*(=|>=|<=|>|<|~|\\^)?\\s*${part}(\\.${part}(\\.${part}(-[0-9A-Za-z-.]+)?(\\+[0-9A-Za-z-.]+)?)?)?\\s*$`,
  );
  if (text.split(",").every((it) => comparator.test(it))) return [];
  const message = `"${text}" is no version requirement.`;
  return [
    issue("ERR_SPIN_DEPENDENCY_FORM", path, message, { hint: 'Write one such as "^1.2" or "=0.3.1".' }),
  ];
}

/** Keys whose authority a dependency could only have of itself; once composed, Spin would ignore them. */
const ownAuthority = [
  "ai_models",
  "allowed_http_hosts",
  "allowed_outbound_hosts",
  "dependencies",
  "environment",
  "files",
  "key_value_stores",
  "sqlite_databases",
  "variables",
] as const;

function componentIssues(id: string, path: string, { component = {} }: Siblings): Issue[] {
  const found = Object.hasOwn(component, id) ? component[id] : undefined;
  if (found === undefined) {
    const guess = nearest(id, Object.keys(component));
    return [
      issue(
        "ERR_SPIN_DEPENDENCY_COMPONENT",
        path,
        `The manifest has no component "${id}" to depend on.`,
        guess === undefined ? {} : { hint: `Did you mean "${guess}"?` },
      ),
    ];
  }
  const own = ownAuthority.filter((key) => Object.keys(found[key] ?? {}).length > 0);
  if (own.length === 0) return [];
  const message = `The component "${id}" cannot be a dependency, because it has ${own.join(", ")} of its own.`;
  const hint = `Move ${own.length === 1 ? "it" : "them"} to the component that depends on it, and say inherit_configuration.`;
  return [issue("ERR_SPIN_DEPENDENCY_COMPONENT", path, message, { hint })];
}

/** The kinds of configuration that a dependency can inherit. */
export const inheritable = [
  "ai_models",
  "allowed_outbound_hosts",
  "environment",
  "files",
  "key_value_stores",
  "sqlite_databases",
  "variables",
] as const;

/** Spin ignores unknown kinds, so that a misspelt one denies without a word. */
function inheritIssues({ inherit_configuration: inherit }: Table, path: string): Issue[] {
  if (!Array.isArray(inherit)) return [];
  return inherit.flatMap((kind, index) => {
    if ((inheritable as readonly string[]).includes(kind)) return [];
    const guess = nearest(kind, inheritable);
    const hint = guess === undefined ? `Known are ${inheritable.join(", ")}.` : `Did you mean "${guess}"?`;
    const at = pathAt(`${path}.inherit_configuration`, index);
    return [
      issue("ERR_SPIN_DEPENDENCY_INHERIT", at, `"${kind}" is nothing a dependency can inherit.`, { hint }),
    ];
  });
}
