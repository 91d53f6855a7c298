import { name, u32 } from "../../wasm/bytes.ts";
import { ComponentWriter, sectionIds, sorts } from "../encode/sections.ts";
import { TypeScope } from "../encode/type-scope.ts";
import type { Func, Instance, Type } from "../types/types.ts";

export interface Shim {
  bytes: Uint8Array;
  /** What it has to be instantiated with, by the names of its imports. */
  types: { name: string; type: Type }[];
  functions: { name: string; label: string }[];
}

/**
 * A component that takes types and functions and exports them as an interface has them: methods of a resource can be exported
 * only beside the resource, under names that the export itself introduces.
 */
export function shimFor({ exports }: Instance): Shim {
  const writer = new ComponentWriter();
  const types: Shim["types"] = [];
  const functions: Shim["functions"] = [];
  const resources = new Map<number, number>();
  const importType = (type: Type, bound: readonly number[]): number => {
    const label = `t${types.length}`;
    types.push({ name: label, type });
    return writer.define(sectionIds.import, "type", [0x00, ...name(label), 0x03, ...bound]);
  };
  const inner: TypeScope = new TypeScope({
    define: (bytes) => writer.define(sectionIds.type, "type", bytes),
    outside(type): number | undefined {
      if (type.kind === "resource") {
        const index = resources.get(type.id) ?? importType(type, [0x01]);
        resources.set(type.id, index);
        return index;
      }
      const named = "named" in type ? type.named : undefined;
      return named === undefined ? undefined : importType(type, [0x00, ...u32(inner.index(named))]);
    },
  });
  const outer = new TypeScope({
    define: (bytes) => writer.define(sectionIds.type, "type", bytes),
    outside: (type) => ("named" in type || type.kind === "resource" ? inner.index(type) : undefined),
  });
  for (const [label, { sort, value }] of exports) {
    if (sort === "type") {
      const bytes = [0x00, ...name(label), ...sorts.type, ...u32(inner.index(value)), 0x00];
      outer.name(value, writer.define(sectionIds.export, "type", bytes));
    } else if (sort === "func") {
      const imported = importFunction(writer, functions, label, inner.index(value));
      exportFunction(writer, label, imported, value, outer);
    }
  }
  return { bytes: writer.finish(), types, functions };
}

function importFunction(
  writer: ComponentWriter,
  functions: Shim["functions"],
  label: string,
  type: number,
): number {
  const imported = `f${functions.length}`;
  functions.push({ name: imported, label });
  return writer.define(sectionIds.import, "func", [0x00, ...name(imported), 0x01, ...u32(type)]);
}

function exportFunction(
  writer: ComponentWriter,
  label: string,
  index: number,
  type: Func,
  outer: TypeScope,
): void {
  const ascribed = outer.index(type);
  writer.define(sectionIds.export, "func", [
    0x00,
    ...name(label),
    ...sorts.func,
    ...u32(index),
    0x01,
    0x01,
    ...u32(ascribed),
  ]);
}
