import { issue } from "../../errors/index.ts";
import { parseVersion } from "../../manifest/dependency-name.ts";
import type { ManifestDependency } from "../../manifest/types.ts";
import { callsOf, partsOf } from "../../inspection/parts.ts";
import { pathAt, pathTo } from "../../toml/index.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Dependencies whose code may be another tomorrow: a requirement takes any version that matches. */
export const pinnedDependencies: Check = ({ manifest }) => {
  const all = [
    ...partsOf(manifest).flatMap(({ component, path }) =>
      Object.entries(component.dependencies ?? {}).map(
        ([name, it]) => [`"${name}"`, it, pathTo(`${path}.dependencies`, name)] as const,
      ),
    ),
    ...callsOf(manifest).flatMap(({ trigger, path }) =>
      Object.entries(trigger.dependencies ?? {}).flatMap(([role, list]) =>
        list.map((it, index) => [role, it, pathAt(pathTo(`${path}.dependencies`, role), index)] as const),
      ),
    ),
  ];
  return all.flatMap(([name, dependency, path]) => {
    const version = versionOf(dependency);
    const exact = version?.replace(/^\s*=\s*/, "");
    if (version === undefined || (version !== exact && parseVersion(exact ?? "") !== undefined)) return [];
    const message = `The dependency ${name} is any version that matches "${version}".`;
    const hint = 'Name one version: "=1.2.3"; or give url and digest.';
    return [
      findingOf(issue("ERR_SPIN_DEPENDENCY_UNPINNED", path, message, { severity: "warning", hint }), {
        why: "The next build may contain other code than this one, with the same rights, and no review sees it.",
      }),
    ];
  });
};

/** The requirement of a package; `undefined` for what is no package. A bare "1.2.3" means ^1.2.3. */
function versionOf(dependency: ManifestDependency): string | undefined {
  if (typeof dependency === "string") return dependency;
  return "version" in dependency ? dependency.version : undefined;
}
