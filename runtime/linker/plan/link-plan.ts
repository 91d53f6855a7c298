/**
 * How a component is put together, as plain JSON: what to instantiate in which order, and which functions stand between
 * the core modules and the host. A pure function of the component's bytes.
 */
import type { Encoding, Primitive } from "../../../model/wasm/component/definitions.ts";
import type { Layout } from "../../../model/wasm/component/layout.ts";

/** Raised whenever plans of the same component come out differently: cached ones are then made anew. */
export const planFormat = 1;

export interface LinkPlan {
  format: typeof planFormat;
  /** Core modules, as places in the component's binary. */
  modules: { offset: number; size: number }[];
  /** Value types; a type refers to others by their index, which is smaller than its own. */
  types: ValueType[];
  resources: Resource[];
  /** Component instances, each with handles of its own; the first is the component itself. */
  instances: ComponentInstance[];
  /** Core instances in the order of their making. */
  coreInstances: CoreInstance[];
  /** Memories that values are read from or written to. */
  memories: CoreItem[];
  /** Functions that core modules import and that are no core functions. */
  trampolines: Trampoline[];
  exports: PlanExport[];
}

export interface ComponentInstance {
  parent: number | null;
  /** Whether its functions may come to wait for something outside, so that their stack has to be suspended. */
  waits: boolean;
}

export interface CoreInstance {
  module: number;
  /** The component instance that it belongs to. */
  instance: number;
  imports: { module: string; name: string; item: CoreItem }[];
}

/** An export of a core instance, or a trampoline. */
export type CoreItem = { core: number; name: string } | { trampoline: number };

export type Trampoline =
  | { kind: "host"; func: HostFunction; options: Options }
  | { kind: "adapter"; callee: LiftedFunction; options: Options }
  | { kind: "resource.new" | "resource.rep" | "resource.drop"; resource: number; instance: number };

/** A function that the component imports. */
export interface HostFunction {
  /** As imported, for example `wasi:io/poll@0.2.3`; "" for a function of the world itself. */
  interface: string;
  /** As in the WIT, for example `[method]pollable.block`. */
  name: string;
  type: FuncType;
  waits: boolean;
}

/** A core function that is a function of the component model. */
export interface LiftedFunction {
  core: CoreItem;
  type: FuncType;
  options: Options;
}

export interface FuncType {
  params: number[];
  result: number | null;
}

/** How a function meets the memory of a component instance. */
export interface Options {
  instance: number;
  encoding: Encoding;
  /** Of `memories`. */
  memory: number | null;
  realloc: CoreItem | null;
  postReturn: CoreItem | null;
}

export type Resource =
  | { kind: "host"; interface: string; name: string }
  | { kind: "guest"; instance: number; dtor: CoreItem | null };

export type PlanExport = { name: string } & (
  | { kind: "func"; func: LiftedFunction | HostFunction }
  | { kind: "instance"; exports: PlanExport[] }
);

export type ValueType = Layout &
  (
    | { kind: Primitive }
    | { kind: "list"; of: number }
    | { kind: "option"; of: number }
    | { kind: "record"; fields: (readonly [name: string, type: number])[] }
    | { kind: "tuple"; items: number[] }
    | { kind: "variant"; cases: (readonly [name: string, type: number | null])[] }
    | { kind: "enum"; names: string[] }
    | { kind: "flags"; names: string[] }
    | { kind: "result"; ok: number | null; err: number | null }
    | { kind: "own" | "borrow"; resource: number }
  );
