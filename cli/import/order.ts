import type { AppParts } from "../../model/manifest/index.ts";

type Component = AppParts["components"][number];

/** A component after those that it is composed with. */
export function inOrderOfNeed(components: readonly Component[]): Component[] {
  const byId = new Map(components.map((it) => [it.id, it]));
  const done = new Set<Component>();
  const visit = (component: Component): void => {
    if (done.has(component)) return;
    const profiles = Object.values(component.profiles ?? {});
    for (const needed of [component, ...profiles].flatMap((it) => Object.values(it.dependencies ?? {}))) {
      const found =
        typeof needed === "object" && "component" in needed ? byId.get(needed.component) : undefined;
      if (found !== undefined && found !== component) visit(found);
    }
    done.add(component);
  };
  components.forEach(visit);
  return [...done];
}
