/** Code that reads and writes lists: of numbers at once, of anything else one by one. */
import type { ValueType } from "../plan/link-plan.ts";
import { allocateFunction } from "./allocate.ts";
import { contextKey, memoryOf, type ValueContext } from "./context.ts";

/** CanonicalABI.md: MAX_LIST_BYTE_LENGTH. */
const mostBytes = 2 ** 28 - 1;

const typedArrays: Partial<Record<ValueType["kind"], string>> = {
  u8: "Uint8Array",
  s8: "Int8Array",
  u16: "Uint16Array",
  s16: "Int16Array",
  u32: "Uint32Array",
  s32: "Int32Array",
  u64: "BigUint64Array",
  s64: "BigInt64Array",
  f32: "Float32Array",
  f64: "Float64Array",
};

/** What an element costs the host at least, in bytes. */
const elementCost = 16;

/** `(pointer, length) → array`; `load` gives the expression for an element at an address. */
export function liftListFunction(
  index: number,
  element: number,
  context: ValueContext,
  load: (element: number, at: string, context: ValueContext) => string,
): string {
  const { source } = context;
  const { size, align, kind } = source.type(element);
  const memory = memoryOf(context);
  return source.once("list", `${index} ${contextKey(context)}`, (name) => {
    const array = typedArrays[kind];
    const read =
      kind === "u8"
        ? `return bytes${memory}.slice(p, p + n);`
        : array === undefined
          ? `const r = [];
  for (let i = 0; i < n; i++, p += ${size}) r.push(${load(element, "p", context)});
  return r;`
          : `${kind.startsWith("f") ? "return rt.oneNaNEach" : "return"} (new ${array}(memory${memory}.buffer.slice(p, p + n * ${size})));`;
    return `function ${name}(p, n) {
  if (n * ${size} > ${mostBytes}) throw rt.tooLong();
  if (p % ${align} !== 0) throw rt.misaligned();
  if (p + n * ${size} > bytes${memory}.length) throw rt.outOfBounds();
  if ((fuel -= n * ${array === undefined ? Math.max(size, elementCost) : size}) < 0) throw rt.tooMuch();
  ${read}
}`;
  });
}

/** `(array)`: writes a list; afterwards `P` and `N` say where it is. `store` gives the statement that writes an element. */
export function lowerListFunction(
  index: number,
  element: number,
  context: ValueContext,
  store: (element: number, value: string, at: string, context: ValueContext) => string,
): string {
  const { source } = context;
  const { size, align, kind } = source.type(element);
  const memory = memoryOf(context);
  return source.once("put", `${index} ${contextKey(context)}`, (name) => {
    const array = typedArrays[kind];
    const write =
      kind === "u8"
        ? `bytes${memory}.set(v, p);`
        : array === undefined
          ? `for (let i = 0, q = p; i < n; i++, q += ${size}) { ${store(element, "v[i]", "q", context)} }`
          : `new ${array}(memory${memory}.buffer, p, n).set(${kind.startsWith("f") ? "rt.oneNaNEach(v)" : "v"});`;
    return `function ${name}(v) {
  const n = v.length;
  const p = ${allocateFunction(context)}(${align}, n * ${size});
  ${write}
  P = p; N = n;
}`;
  });
}
