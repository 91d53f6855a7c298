import type { Primitive } from "../../../model/wasm/component/definitions.ts";
import type { FuncType, ValueType } from "../plan/link-plan.ts";
import { invalid } from "../unsupported.ts";
import {
  flagsLayout,
  type Layout,
  handleLayout,
  listLayout,
  primitiveLayouts,
  recordLayout,
  variantLayout,
} from "../../../model/wasm/component/layout.ts";

/** Names and members of all types, each time that they are defined: far beyond every WIT, and quick to go through. */
const mostParts = 500_000;

/** Binary.md: validation of `defvaltype`. */
const sizeLimit = 2 ** 28;
/** Far beyond every WIT, and small enough for the stack of whoever walks a type. */
const deepest = 100;

/** Value types, each once: equal types have the same index, so that comparing indices compares types. */
export class TypeTable {
  readonly types: ValueType[] = [];
  readonly #indices = new Map<string, number>();
  #parts = 0;

  primitive(kind: Primitive): number {
    return this.#add(kind, 1, () => ({ kind, ...primitiveLayouts[kind] }));
  }

  list(of: number): number {
    return this.#add(`list ${of}`, 1, () => ({ kind: "list", of, ...listLayout(this.at(of)) }));
  }

  record(fields: (readonly [string, number])[]): number {
    if (fields.length === 0) throw invalid("it has a record without fields");
    checkUnique(fields.map(([name]) => name));
    return this.#add(`record ${JSON.stringify(fields)}`, fields.length, () => ({
      kind: "record",
      fields,
      ...recordLayout(fields.map(([, type]) => this.at(type))),
    }));
  }

  tuple(items: number[]): number {
    if (items.length === 0) throw invalid("it has a tuple without items");
    return this.#add(`tuple ${items.join()}`, items.length, () => ({
      kind: "tuple",
      items,
      ...recordLayout(items.map((type) => this.at(type))),
    }));
  }

  variant(cases: (readonly [string, number | null])[]): number {
    if (cases.length === 0) throw invalid("it has a variant without cases");
    checkUnique(cases.map(([name]) => name));
    return this.#add(`variant ${JSON.stringify(cases)}`, cases.length, () => ({
      kind: "variant",
      cases,
      ...variantLayout(cases.map(([, type]) => this.#optional(type))),
    }));
  }

  names(kind: "enum" | "flags", names: string[]): number {
    if (names.length === 0) throw invalid(`it has ${kind} without names`);
    if (kind === "flags" && names.length > 32)
      throw invalid(`it has ${names.length} flags; expected at most 32`);
    checkUnique(names);
    return this.#add(`${kind} ${JSON.stringify(names)}`, names.length, () =>
      kind === "enum"
        ? { kind, names, ...variantLayout(names.map(() => undefined)) }
        : { kind, names, ...flagsLayout(names.length) },
    );
  }

  option(of: number): number {
    return this.#add(`option ${of}`, 1, () => ({
      kind: "option",
      of,
      ...variantLayout([undefined, this.at(of)]),
    }));
  }

  result(ok: number | null, err: number | null): number {
    return this.#add(`result ${ok} ${err}`, 1, () => ({
      kind: "result",
      ok,
      err,
      ...variantLayout([this.#optional(ok), this.#optional(err)]),
    }));
  }

  handle(kind: "own" | "borrow", resource: number): number {
    return this.#add(`${kind} ${resource}`, 1, () => ({
      kind,
      resource,
      ...handleLayout,
      hasBorrow: kind === "borrow",
      hasOwn: kind === "own",
    }));
  }

  /** Counts what a definition names; ERR_SPIN_RUNTIME_LINK when all together name too much. */
  spend(parts: number): void {
    this.#parts += parts;
    if (this.#parts > mostParts) throw invalid(`its types have more than ${mostParts} parts`);
  }

  at(index: number): ValueType {
    const type = this.types[index];
    if (type === undefined) throw new Error(`no type ${index}`);
    return type;
  }

  #optional(index: number | null): Layout | undefined {
    return index === null ? undefined : this.at(index);
  }

  #add(key: string, parts: number, make: () => ValueType): number {
    this.spend(parts);
    const found = this.#indices.get(key);
    if (found !== undefined) return found;
    const index = this.types.push(checked(make())) - 1;
    this.#indices.set(key, index);
    return index;
  }
}

export function funcTypeKey({ params, result }: FuncType): string {
  return `${params.join()} -> ${result}`;
}

/** Labels differ by more than the case of their letters. */
function checkUnique(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.toLowerCase();
    if (seen.has(key)) throw invalid(`it has the name "${name}" twice in one type`);
    seen.add(key);
  }
}

function checked(type: ValueType): ValueType {
  if (type.size >= sizeLimit)
    throw invalid(`it has a type of ${type.size} bytes; expected fewer than ${sizeLimit}`);
  if (type.depth > deepest) throw invalid(`it nests types more than ${deepest} deep`);
  return type;
}
