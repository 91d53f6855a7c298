import type {
  CoreKind,
  CoreModule,
  ComponentDefinition,
  Declaration,
  Sort,
} from "../../../model/wasm/component/definitions.ts";
import type { Signature } from "../../../model/wasm/component/core-type.ts";
import type { CoreItem, FuncType, HostFunction, LiftedFunction } from "../plan/link-plan.ts";
import { invalid } from "../unsupported.ts";

/** What a type index stands for, resources told apart by who made them. */
export type Type =
  | { kind: "value"; type: number }
  | { kind: "func"; type: FuncType }
  | { kind: "resource"; resource: number }
  | TypeClosure;

/** The type of an instance or a component: what it declares, and what its outer aliases see. */
export interface TypeClosure {
  kind: "instance type" | "component type";
  declarations: readonly Declaration[];
  scope: Scope;
}

export type Func = { kind: "host"; func: HostFunction } | { kind: "lifted"; func: LiftedFunction };

export interface Instance {
  exports: Map<string, Item>;
}

/** A component that is not instantiated yet. */
export interface Component {
  definition: ComponentDefinition;
  scope: Scope | undefined;
}

/** Something that one component gives another. */
export type Item =
  | { sort: "func"; value: Func }
  | { sort: "type"; value: Type }
  | { sort: "component"; value: Component }
  | { sort: "instance"; value: Instance }
  | { sort: "core module"; value: CoreModule };

export interface CoreEntry {
  kind: CoreKind;
  item: CoreItem;
  /** Of functions. */
  signature?: Signature;
}

export interface CoreInstanceExports {
  exports: Map<string, CoreEntry>;
}

interface Spaces {
  "core func": CoreEntry;
  "core table": CoreEntry;
  "core memory": CoreEntry;
  "core global": CoreEntry;
  "core tag": CoreEntry;
  "core type": null;
  "core module": CoreModule;
  "core instance": CoreInstanceExports;
  func: Func;
  value: never;
  type: Type;
  component: Component;
  instance: Instance;
}

/** The index spaces of a component, or of a type of one. */
export class Scope {
  /** What encloses it where it is defined. */
  readonly parent: Scope | undefined;
  /** The component instance that is being made. */
  readonly instance: number;
  readonly #spaces: { [S in Sort]?: Spaces[S][] } = {};

  constructor(parent: Scope | undefined, instance: number) {
    this.parent = parent;
    this.instance = instance;
  }

  add<S extends Sort>(sort: S, value: Spaces[S]): void {
    const space = (this.#spaces[sort] ??= []) as Spaces[S][];
    space.push(value);
  }

  addItem({ sort, value }: Item): void {
    this.add(sort, value);
  }

  /** ERR_SPIN_RUNTIME_LINK when there is none. */
  get<S extends Sort>(sort: S, index: number): Spaces[S] {
    const space: Spaces[S][] = this.#spaces[sort] ?? [];
    const found = space[index];
    if (found === undefined) throw invalid(`it refers to ${sort} ${index} where there are ${space.length}`);
    return found;
  }

  /** The scope `count` levels outside; 0 is this one. */
  outer(count: number): Scope {
    if (count === 0) return this;
    if (this.parent === undefined) throw invalid("it has an alias that leads outside of everything");
    return this.parent.outer(count - 1);
  }
}
