/** Dependencies as resources have them, judged by the rules of spin.toml. */
import type { ComponentDefinition, Dependencies, DependencyDefinition } from "../definition.ts";
import type { Issue } from "../errors/index.ts";
import { dependenciesOf, dependencyOf } from "../manifest/from-definition.ts";
import { dependencyShape } from "../manifest/shape.ts";
import { pathAt, pathTo } from "../toml/index.ts";
import { componentDependencyIssues, roleIssues, type Siblings } from "./manifest/dependencies.ts";
import { inResource, isWhole } from "./resource-paths.ts";

/** Of a component and its profiles. What is not known yet is passed over. */
export function dependencyIssues(component: Partial<ComponentDefinition>, siblings?: Siblings): Issue[] {
  const { dependencies, dependenciesInheritConfiguration: inherits, profiles } = component;
  const odd = [
    ...shapeIssues(dependencies, "dependencies"),
    ...Object.entries(profiles ?? {}).flatMap(([name, profile]) =>
      shapeIssues(profile?.dependencies, `${pathTo("profile", name)}.dependencies`),
    ),
  ];
  if (odd.length > 0) return inResource(odd);
  const judged = {
    dependencies: known(dependencies),
    profile: mapValues(profiles ?? {}, (profile) => ({ dependencies: known(profile?.dependencies) })),
    ...(inherits === undefined ? {} : { dependencies_inherit_configuration: inherits }),
  };
  return inResource(componentDependencyIssues(judged, "", siblings));
}

/** Of a trigger in one role. */
export function triggerDependencyIssues(
  type: string,
  role: string,
  list: readonly DependencyDefinition[],
  path: string,
  siblings?: Siblings,
): Issue[] {
  // Places in the list stay what they are: what is not known is judged as if it were fine.
  const judged = list.map((it) => (isWhole(it) ? dependencyOf(it) : { path: "." }));
  const odd = judged.flatMap((it, index) => dependencyShape(it, pathAt(path, index)));
  return inResource(odd.length > 0 ? odd : roleIssues(type, role, judged, path, siblings));
}

function shapeIssues(dependencies: Dependencies | undefined, path: string): Issue[] {
  return Object.entries(known(dependencies)).flatMap(([name, it]) => dependencyShape(it, pathTo(path, name)));
}

function known(dependencies: Dependencies | undefined): ReturnType<typeof dependenciesOf> {
  const whole = Object.entries(dependencies ?? {}).filter(([, it]) => isWhole(it));
  return dependenciesOf(Object.fromEntries(whole));
}

function mapValues<V, W>(record: Record<string, V>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
