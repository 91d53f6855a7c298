import type { SpinError } from "../../errors/index.ts";
import { describeFunc, describeType } from "./describe.ts";
import type { Supplier } from "./supply.ts";
import type { Item, Resource, Type } from "./types.ts";

/** Says that what is given for something is not what is asked for; `place` leads to it. */
export type OnMismatch = (place: readonly string[], wanted: string, given: string) => SpinError;

/** Gives the arguments of an instantiation, or the exports of an instance, when they are what is asked for. */
export function given(
  items: ReadonlyMap<string, Item>,
  onMismatch: OnMismatch,
  place: readonly string[] = [],
): Supplier {
  const find = <S extends Item["sort"]>(name: string, sort: S): ItemOf<S>["value"] => {
    const found = items.get(name);
    if (found?.sort === sort) return found.value as ItemOf<S>["value"];
    throw onMismatch([...place, name], `a ${sort}`, found === undefined ? "nothing" : `a ${found.sort}`);
  };
  return {
    func(name, type) {
      const found = find(name, "func");
      if (found.structure === type.structure) return found;
      throw onMismatch([...place, name], describeFunc(type), describeFunc(found));
    },
    resource(name): Resource {
      const found = find(name, "type");
      if (found.kind === "resource") return found;
      throw onMismatch([...place, name], "a resource", describeType(found));
    },
    equal(name, type) {
      const found = find(name, "type");
      if (areEqual(found, type)) return found;
      throw onMismatch([...place, name], describeType(type), describeType(found));
    },
    inside: (name) => given(find(name, "instance").exports, onMismatch, [...place, name]),
    other: (name, sort) => ({ sort, value: find(name, sort) }) as Item,
  };
}

type ItemOf<S extends Item["sort"]> = Extract<Item, { sort: S }>;

/** Types of instances and components count as equal: what they hold is compared where it is used. */
export function areEqual(left: Type, right: Type): boolean {
  if (left === right) return true;
  if ("structure" in left && "structure" in right) return left.structure === right.structure;
  if (left.kind === "resource" && right.kind === "resource") return left.id === right.id;
  return left.kind === right.kind;
}
