import type { Primitive } from "../../wasm/component/definitions.ts";
import type { Func, Named, Type, Value } from "../types/types.ts";
import { list, name, s32, u32 } from "../../wasm/bytes.ts";

const primitives: Readonly<Record<Primitive | "error-context", number>> = {
  bool: 0x7f,
  s8: 0x7e,
  u8: 0x7d,
  s16: 0x7c,
  u16: 0x7b,
  s32: 0x7a,
  u32: 0x79,
  s64: 0x78,
  u64: 0x77,
  f32: 0x76,
  f64: 0x75,
  char: 0x74,
  string: 0x73,
  "error-context": 0x64,
};

/** A space of type indices that is being written: that of a component, or of the type of an instance. */
export interface TypeSpace {
  /** Adds a type definition; returns its index. */
  define(bytes: readonly number[]): number;
  /** The index of a type that comes from outside, such as one of another import; `undefined` for none. */
  outside(type: Type): number | undefined;
}

/** Writes types as they are used, each once. */
export class TypeScope {
  readonly #space: TypeSpace;
  readonly #indices = new Map<Type, number>();

  constructor(space: TypeSpace) {
    this.#space = space;
  }

  /** From now on the type is the one that was exported or imported by this index. */
  name(type: Type, index: number): void {
    this.#indices.set(type, index);
  }

  /** The index of a type that is there already. */
  known(type: Type): number | undefined {
    const found = this.#indices.get(type);
    if (found !== undefined) return found;
    const outside = this.#space.outside(type);
    if (outside !== undefined) this.#indices.set(type, outside);
    return outside;
  }

  index(type: Type): number {
    const known = this.known(type);
    if (known !== undefined) return known;
    const named = "named" in type ? type.named : undefined;
    const index = named === undefined ? this.#space.define(this.#definition(type)) : this.index(named);
    this.#indices.set(type, index);
    return index;
  }

  #definition(type: Type): number[] {
    switch (type.kind) {
      case "func":
        return this.#func(type);
      case "resource":
      case "instance type":
      case "component type":
        throw new Error(`no definition of ${type.kind}`);
      default:
        return this.#value(type);
    }
  }

  #func({ params, result, isAsync }: Func): number[] {
    const named = params.map(([label, type]) => [...name(label), ...this.#ref(type)]);
    const out = result === undefined ? [0x01, 0x00] : [0x00, ...this.#ref(result)];
    return [isAsync ? 0x43 : 0x40, ...list(named), ...out];
  }

  #value(type: Value): number[] {
    switch (type.kind) {
      case "primitive":
        return [primitives[type.name]];
      case "record":
        return [0x72, ...this.#labelled(type.fields)];
      case "variant":
        return [
          0x71,
          ...list(type.cases.map(([label, part]) => [...name(label), ...this.#optional(part), 0x00])),
        ];
      case "list":
        return [0x70, ...this.#ref(type.of)];
      case "fixed list":
        return [0x67, ...this.#ref(type.of), ...u32(type.length)];
      case "map":
        return [0x63, ...this.#ref(type.key), ...this.#ref(type.value)];
      case "tuple":
        return [0x6f, ...list(type.items.map((item) => this.#ref(item)))];
      case "flags":
      case "enum":
        return [type.kind === "flags" ? 0x6e : 0x6d, ...list(type.names.map(name))];
      case "option":
        return [0x6b, ...this.#ref(type.of)];
      case "result":
        return [0x6a, ...this.#optional(type.ok), ...this.#optional(type.err)];
      case "stream":
      case "future":
        return [type.kind === "stream" ? 0x66 : 0x65, ...this.#optional(type.of)];
      case "own":
      case "borrow":
        return [type.kind === "own" ? 0x69 : 0x68, ...u32(this.index(type.resource))];
    }
  }

  #labelled(parts: readonly Named<Value>[]): number[] {
    return list(parts.map(([label, part]) => [...name(label), ...this.#ref(part)]));
  }

  #optional(type: Value | undefined): number[] {
    return type === undefined ? [0x00] : [0x01, ...this.#ref(type)];
  }

  /** A primitive that has no name of its own is written where it is used; else a positive number, since primitives are negative. */
  #ref(type: Value): number[] {
    if (type.kind === "primitive" && this.known(type) === undefined) return [primitives[type.name]];
    return s32(this.index(type));
  }
}
