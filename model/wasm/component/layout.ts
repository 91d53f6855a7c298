/** Sizes, alignments and flat forms of values (component-model, CanonicalABI.md: alignment, element size, flattening). */
import type { Primitive } from "./definitions.ts";

/** CanonicalABI.md: MAX_FLAT_PARAMS. */
export const mostFlatParams = 16;
export const mostFlatResults = 1;

export type CoreType = "i32" | "i64" | "f32" | "f64";

export interface Layout {
  /** Bytes in memory. */
  size: number;
  align: number;
  /** Core values when passed flat; `null` when they are more than any function takes. */
  flat: CoreType[] | null;
  /** Types inside each other. */
  depth: number;
  /** Whether values point to further memory: strings and lists do. */
  hasPointers: boolean;
  hasBorrow: boolean;
  hasOwn: boolean;
}

const inner = { depth: 1, hasPointers: false, hasBorrow: false, hasOwn: false };

function scalar(size: number, flat: CoreType): Layout {
  return { ...inner, size, align: size, flat: [flat] };
}

const pointerAndLength: Layout = { ...inner, size: 8, align: 4, flat: ["i32", "i32"], hasPointers: true };

export const primitiveLayouts: Readonly<Record<Primitive, Layout>> = {
  bool: scalar(1, "i32"),
  s8: scalar(1, "i32"),
  u8: scalar(1, "i32"),
  s16: scalar(2, "i32"),
  u16: scalar(2, "i32"),
  s32: scalar(4, "i32"),
  u32: scalar(4, "i32"),
  s64: scalar(8, "i64"),
  u64: scalar(8, "i64"),
  f32: scalar(4, "f32"),
  f64: scalar(8, "f64"),
  char: scalar(4, "i32"),
  string: pointerAndLength,
};

export const handleLayout: Layout = scalar(4, "i32");

export function listLayout(element: Layout): Layout {
  return { ...pointerAndLength, ...nested([element]), hasPointers: true };
}

export function recordLayout(fields: readonly Layout[]): Layout {
  let size = 0;
  let align = 1;
  let flat: CoreType[] | null = [];
  for (const field of fields) {
    size = alignTo(size, field.align) + field.size;
    align = Math.max(align, field.align);
    flat = flat === null || field.flat === null ? null : capped([...flat, ...field.flat]);
  }
  return { ...nested(fields), size: alignTo(size, align), align, flat };
}

/** `undefined` for a case without a value. */
export function variantLayout(cases: readonly (Layout | undefined)[]): Layout {
  const payloads = cases.filter((layout) => layout !== undefined);
  const discriminant = discriminantSize(cases.length);
  const payloadAlign = largest(
    1,
    payloads.map((payload) => payload.align),
  );
  const align = Math.max(discriminant, payloadAlign);
  const size =
    alignTo(discriminant, payloadAlign) +
    largest(
      0,
      payloads.map((payload) => payload.size),
    );
  let flat: CoreType[] | null = [];
  for (const payload of payloads)
    flat = flat === null || payload.flat === null ? null : joined(flat, payload.flat);
  return {
    ...nested(payloads),
    size: alignTo(size, align),
    align,
    flat: flat === null ? null : capped(["i32", ...flat]),
  };
}

export function flagsLayout(count: number): Layout {
  return scalar(count <= 8 ? 1 : count <= 16 ? 2 : 4, "i32");
}

export function discriminantSize(cases: number): 1 | 2 | 4 {
  return cases <= 2 ** 8 ? 1 : cases <= 2 ** 16 ? 2 : 4;
}

/** Where a variant's payload begins, for payloads with this alignment at most. */
export function payloadOffset(cases: number, payloadAlign: number): number {
  return alignTo(discriminantSize(cases), payloadAlign);
}

export function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}

function joined(all: readonly CoreType[], flat: readonly CoreType[]): CoreType[] {
  const longer = all.length > flat.length ? all : flat;
  return longer.map((type, index) => join(all[index] ?? type, flat[index] ?? type));
}

function join(left: CoreType, right: CoreType): CoreType {
  if (left === right) return left;
  const both = [left, right];
  return both.includes("i32") && both.includes("f32") ? "i32" : "i64";
}

/** Beyond what parameters may have, values go through memory: how many there are does not matter. */
function capped(flat: CoreType[]): CoreType[] | null {
  return flat.length > mostFlatParams ? null : flat;
}

function nested(parts: readonly Layout[]): Omit<Layout, "size" | "align" | "flat"> {
  return {
    depth:
      1 +
      largest(
        0,
        parts.map((part) => part.depth),
      ),
    hasPointers: parts.some(({ hasPointers }) => hasPointers),
    hasBorrow: parts.some(({ hasBorrow }) => hasBorrow),
    hasOwn: parts.some(({ hasOwn }) => hasOwn),
  };
}

function largest(least: number, values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), least);
}
