import {
  flagsLayout,
  handleLayout,
  type Layout,
  listLayout,
  mostFlatParams,
  primitiveLayouts,
  recordLayout,
  variantLayout,
} from "../../wasm/component/layout.ts";
import type { Value } from "../types/types.ts";

const known = new WeakMap<Value, Layout>();

/** Size, alignment and flat form of values of a type. */
export function layoutOf(type: Value): Layout {
  const found = known.get(type) ?? measure(type);
  known.set(type, found);
  return found;
}

function measure(type: Value): Layout {
  const optional = (part: Value | undefined): Layout | undefined =>
    part === undefined ? undefined : layoutOf(part);
  switch (type.kind) {
    case "primitive":
      return type.name === "error-context" ? handleLayout : primitiveLayouts[type.name];
    case "record":
      return recordLayout(type.fields.map(([, part]) => layoutOf(part)));
    case "tuple":
      return recordLayout(type.items.map(layoutOf));
    case "fixed list":
      return fixedLayout(layoutOf(type.of), type.length);
    case "list":
      return listLayout(layoutOf(type.of));
    case "map":
      return listLayout(recordLayout([layoutOf(type.key), layoutOf(type.value)]));
    case "variant":
      return variantLayout(type.cases.map(([, part]) => optional(part)));
    case "enum":
      return variantLayout(type.names.map(() => undefined));
    case "flags":
      return flagsLayout(type.names.length);
    case "option":
      return variantLayout([undefined, layoutOf(type.of)]);
    case "result":
      return variantLayout([optional(type.ok), optional(type.err)]);
    case "own":
    case "borrow":
    case "stream":
    case "future":
      return handleLayout;
  }
}

/** Beyond what parameters may have, it does not matter how many core values there are. */
function fixedLayout(element: Layout, length: number): Layout {
  const flat = Math.min(length, mostFlatParams + 1);
  return { ...recordLayout(Array.from({ length: flat }, () => element)), size: element.size * length };
}
