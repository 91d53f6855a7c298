import type { Sort } from "../../wasm/component/definitions.ts";
import { malformed } from "../errors.ts";
import type { Component, Func, Instance, Item, Type } from "./types.ts";

interface Spaces {
  type: Type;
  func: Func;
  instance: Instance;
  component: Component;
  "core module": null;
}

export type ItemSort = keyof Spaces;

/** The index spaces of a component, or of a type of one, that types depend on: those of the core are left out. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly #spaces: { [S in ItemSort]: Spaces[S][] } = {
    type: [],
    func: [],
    instance: [],
    component: [],
    "core module": [],
  };

  constructor(parent: Scope | undefined) {
    this.parent = parent;
  }

  add({ sort, value }: Item): void {
    (this.#spaces[sort] as unknown[]).push(value);
  }

  get<S extends ItemSort>(sort: S, index: number): Spaces[S] {
    const space: Spaces[S][] = this.#spaces[sort];
    const found = space[index];
    if (found === undefined && index >= space.length)
      throw malformed(`refers to the ${sort} ${index} where there are ${space.length}`);
    return found as Spaces[S];
  }

  item(sort: Sort, index: number): Item {
    if (!isItemSort(sort)) throw malformed(`passes on a ${sort}`);
    return { sort, value: this.get(sort, index) } as Item;
  }

  /** The scope `count` levels outside; 0 is this one. */
  outer(count: number): Scope {
    if (count === 0) return this;
    if (this.parent === undefined) throw malformed("has an alias that leads outside of everything");
    return this.parent.outer(count - 1);
  }
}

export function isItemSort(sort: Sort): sort is ItemSort {
  return ["type", "func", "instance", "component", "core module"].includes(sort);
}
