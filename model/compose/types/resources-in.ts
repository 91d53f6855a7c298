import { type Instance, type Item, partsOf, type Resource, type Type } from "./types.ts";

/** The resources that something mentions, in the order in which it does. */
export function resourcesIn(item: Item): Resource[] {
  const found = new Map<number, Resource>();
  const seen = new Set<object>();
  const visitType = (type: Type): void => {
    if (type.kind === "resource") found.set(type.id, type);
    if (!("structure" in type) || seen.has(type)) return;
    seen.add(type);
    if (type.kind === "own" || type.kind === "borrow") found.set(type.resource.id, type.resource);
    for (const part of partsOf(type)) visitType(part);
  };
  const visit = ({ sort, value }: Item): void => {
    if (sort === "func" || sort === "type") visitType(value);
    else if (sort === "instance") visitInstance(value);
  };
  const visitInstance = ({ exports }: Instance): void => exports.forEach(visit);
  visit(item);
  return [...found.values()];
}
