/** Dependencies of components and of triggers (crates/manifest/src/schema/v2.rs, normalize.rs). */
import { type Issue, issue } from "../../errors/index.ts";
import { type DependencyName, parseDependencyName, versionTrack } from "../../manifest/dependency-name.ts";
import type { Manifest, ManifestComponent, ManifestDependency } from "../../manifest/types.ts";
import { pathAt, pathTo } from "../../toml/index.ts";
import { dependencyFormIssues } from "./dependency-form.ts";
import { componentsOf, triggersOf } from "./places.ts";

export function dependencyIssues(manifest: Manifest): Issue[] {
  return [
    ...componentsOf(manifest).flatMap(({ component, path }) =>
      componentDependencyIssues(component, path, manifest),
    ),
    ...triggersOf(manifest).flatMap(({ type, trigger, path }) =>
      Object.entries(trigger.dependencies ?? {}).flatMap(([role, list]) =>
        roleIssues(type, role, list, pathTo(`${path}.dependencies`, role), manifest),
      ),
    ),
  ];
}

/** The components that a dependency may be one of; left out while they are not known. */
export type Siblings = Pick<Manifest, "component">;

/** The dependencies of one component, by profile too. */
export function componentDependencyIssues(
  component: Pick<ManifestComponent, "dependencies" | "dependencies_inherit_configuration" | "profile">,
  path: string,
  siblings?: Siblings,
): Issue[] {
  const { dependencies = {}, profile: profiles = {} } = component;
  return [
    ...tableIssues(dependencies, pathTo(path, "dependencies"), siblings),
    ...twiceSaid(component, path),
    ...Object.entries(profiles).flatMap(([name, profile]) =>
      tableIssues(
        profile.dependencies ?? {},
        `${pathTo(pathTo(path, "profile"), name)}.dependencies`,
        siblings,
      ),
    ),
  ];
}

function tableIssues(table: Record<string, ManifestDependency>, path: string, siblings?: Siblings): Issue[] {
  const entries = Object.entries(table);
  return [
    ...entries.flatMap(([name, dependency]) => {
      const at = pathTo(path, name);
      const parsed = parseDependencyName(name);
      return [
        ...(parsed === undefined ? [oddName(name, at)] : nameIssues(name, parsed, dependency, at)),
        ...dependencyFormIssues(dependency, at, siblings),
      ];
    }),
    ...conflicts(
      entries.map(([name]) => name),
      path,
    ),
  ];
}

function oddName(name: string, path: string): Issue {
  return issue(
    "ERR_SPIN_DEPENDENCY_NAME",
    path,
    `"${name}" is not the name of something that a component can import.`,
  );
}

/** What a name cannot say, its form must; and a whole package is not satisfied by one export. */
function nameIssues(
  name: string,
  parsed: DependencyName,
  dependency: ManifestDependency,
  path: string,
): Issue[] {
  const isRegistry = typeof dependency === "string" || "version" in dependency;
  if (parsed.kind === "plain") {
    if (!isRegistry || (typeof dependency === "object" && "package" in dependency)) return [];
    const message = `The dependency "${name}" does not say its package.`;
    const hint = 'Add package = "namespace:name", or name it after its package.';
    return [issue("ERR_SPIN_DEPENDENCY_FORM", path, message, { hint })];
  }
  const hasExport = typeof dependency === "object" && dependency.export !== undefined;
  const isChecked = typeof dependency === "object" && (isRegistry || "path" in dependency);
  if (parsed.interface !== undefined || !hasExport || !isChecked) return [];
  const message = `The dependency "${name}" is a whole package, which no single export can satisfy.`;
  const hint = `Name the interface, as in "${name}/interface", or remove export.`;
  return [issue("ERR_SPIN_DEPENDENCY_FORM", `${path}.export`, message, { hint })];
}

/** Two names of one package need different interfaces, or versions that cannot stand in for each other. */
function conflicts(names: readonly string[], path: string): Issue[] {
  const packages = names.flatMap((name) => {
    const parsed = parseDependencyName(name);
    return parsed?.kind === "package" ? [{ name, parsed }] : [];
  });
  return packages.flatMap(({ name, parsed }, index) => {
    const other = packages.slice(0, index).find((it) => overlaps(it.parsed, parsed));
    if (other === undefined) return [];
    const message = `The dependency "${name}" claims the same imports as "${other.name}".`;
    return [issue("ERR_SPIN_DEPENDENCY_CONFLICT", pathTo(path, name), message)];
  });
}

type PackageName = Extract<DependencyName, { kind: "package" }>;

function overlaps(a: PackageName, b: PackageName): boolean {
  if (a.namespace !== b.namespace || a.name !== b.name) return false;
  if (
    a.version !== undefined &&
    b.version !== undefined &&
    versionTrack(a.version) !== versionTrack(b.version)
  )
    return false;
  return a.interface === undefined || b.interface === undefined || a.interface === b.interface;
}

function twiceSaid(
  component: {
    dependencies?: Record<string, ManifestDependency>;
    dependencies_inherit_configuration?: boolean;
  },
  path: string,
): Issue[] {
  const { dependencies = {}, dependencies_inherit_configuration: all } = component;
  const own = Object.entries(dependencies).filter(
    ([, it]) => typeof it === "object" && it.inherit_configuration !== undefined,
  );
  if (all === undefined || own.length === 0) return [];
  const names = own.map(([name]) => `"${name}"`).join(", ");
  const message = `dependencies_inherit_configuration is for all dependencies, but inherit_configuration is also given for ${names}; expected only one of the two.`;
  return [
    issue("ERR_SPIN_DEPENDENCY_INHERIT", pathTo(path, "dependencies_inherit_configuration"), message, {
      hint: "Remove it, and say inherit_configuration for each dependency.",
    }),
  ];
}

/** The dependencies of one trigger in one role. */
export function roleIssues(
  type: string,
  role: string,
  list: readonly ManifestDependency[],
  path: string,
  siblings?: Siblings,
): Issue[] {
  const unknown =
    type === "http" && role !== "middleware"
      ? [
          issue(
            "ERR_SPIN_DEPENDENCY_FORM",
            path,
            `HTTP triggers have no dependencies of the role "${role}".`,
            {
              hint: "The role is `middleware`.",
            },
          ),
        ]
      : [];
  return [
    ...unknown,
    ...list.flatMap((dependency, index) => {
      const at = pathAt(path, index);
      const problem =
        typeof dependency === "string" || ("version" in dependency && dependency.package === undefined)
          ? "The dependency does not say its package."
          : dependency.export !== undefined
            ? "Dependencies of triggers have no export."
            : undefined;
      return [
        ...(problem === undefined
          ? []
          : [
              issue("ERR_SPIN_DEPENDENCY_FORM", at, problem, {
                hint: 'Write { version = "1.0.0", package = "namespace:name" }, { path = "…" } or { component = "…" }.',
              }),
            ]),
        ...dependencyFormIssues(dependency, at, siblings),
      ];
    }),
  ];
}
