/** What components import and export, with resources and named types told apart by identity. */
import type { ComponentDefinition, Declaration, Named, Primitive } from "../../wasm/component/definitions.ts";
import type { Scope } from "./scope.ts";

export type { Named };

/** A resource type: those with the same `id` are the same. */
export interface Resource {
  kind: "resource";
  id: number;
  /** What it is another name of, in an import. */
  named?: Resource;
  /** As it was first called, for messages. */
  name: string;
}

/**
 * A value type. Those with the same `structure` are equal; the object itself stands for one name of it, so that a type that
 * an interface takes from another stays the other's. `named` is what it is a name of, in an import.
 */
export type Value = Shape & { structure: number; depth: number; named?: Value };

export type Shape =
  | { kind: "primitive"; name: Primitive | "error-context" }
  | { kind: "record"; fields: Named<Value>[] }
  | { kind: "variant"; cases: Named<Value | undefined>[] }
  | { kind: "list" | "option"; of: Value }
  | { kind: "fixed list"; of: Value; length: number }
  | { kind: "map"; key: Value; value: Value }
  | { kind: "tuple"; items: Value[] }
  | { kind: "flags" | "enum"; names: string[] }
  | { kind: "result"; ok: Value | undefined; err: Value | undefined }
  | { kind: "stream" | "future"; of: Value | undefined }
  | { kind: "own" | "borrow"; resource: Resource };

export interface Func {
  kind: "func";
  params: Named<Value>[];
  result: Value | undefined;
  isAsync: boolean;
  structure: number;
}

/** The type of an instance or a component, not yet evaluated: what it declares, and what its outer aliases see. */
export interface TypeClosure {
  kind: "instance type" | "component type";
  declarations: readonly Declaration[];
  scope: Scope;
}

/** What a type index may stand for. */
export type Type = Value | Func | Resource | TypeClosure;

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
  | { sort: "instance"; value: Instance }
  | { sort: "component"; value: Component }
  | { sort: "core module"; value: null };

/** The value types that a type is directly made of. */
export function partsOf(type: Value | Func): Value[] {
  switch (type.kind) {
    case "primitive":
    case "flags":
    case "enum":
    case "own":
    case "borrow":
      return [];
    case "record":
      return type.fields.map(([, it]) => it);
    case "variant":
      return type.cases.flatMap(([, it]) => it ?? []);
    case "tuple":
      return type.items;
    case "list":
    case "option":
    case "fixed list":
      return [type.of];
    case "map":
      return [type.key, type.value];
    case "result":
      return [type.ok, type.err].filter((it) => it !== undefined);
    case "stream":
    case "future":
      return type.of === undefined ? [] : [type.of];
    case "func":
      return [...type.params.map(([, it]) => it), ...(type.result === undefined ? [] : [type.result])];
  }
}
