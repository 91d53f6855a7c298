/** Parameters and results of whole functions: flat, or through memory when they are too many (CanonicalABI.md). */
import type { FuncType } from "../plan/link-plan.ts";
import type { FlatFunction } from "../plan/signature.ts";
import { recordLayout } from "../../../model/wasm/component/layout.ts";
import { allocateFunction } from "./allocate.ts";
import { memoryOf, refresh, type ValueContext } from "./context.ts";
import { liftFlat, load, loadFields } from "./lift.ts";
import { lowerFlat, store, storeFields } from "./lower.ts";

/** Statements before values are read: memory may have grown, and one call may read only so much. */
export function beginLifting(
  types: readonly number[],
  isSpilled: boolean,
  { source, options }: ValueContext,
): string {
  if (options.memory === null || !(isSpilled || types.some((type) => source.type(type).hasPointers)))
    return "";
  return `fuel = rt.fuel; ${refresh(options.memory)}`;
}

/** Statements that declare `p0`, `p1` … and set them from the core parameters `a0`, `a1` … */
export function liftParams({ params }: FuncType, flat: FlatFunction, context: ValueContext): string {
  const begin = beginLifting(params, flat.spillsParams, context);
  const declared = params.length === 0 ? "" : `let ${params.map((_type, index) => `p${index}`).join(", ")};`;
  if (flat.spillsParams) {
    const layout = recordLayout(params.map((type) => context.source.type(type)));
    const values = loadFields(params, "q", context);
    return `${declared} {
${begin} const q = a0 >>> 0; ${checkRange("q", layout, context)}
${values.map((value, index) => `p${index} = ${value};`).join("\n")}
}`;
  }
  let used = 0;
  const values = params.map((type, index) => {
    const width = context.source.type(type).flat?.length ?? 0;
    const own = Array.from({ length: width }, (_none, position) => `a${used + position}`);
    used += width;
    return `p${index} = ${liftFlat(type, own, context)};`;
  });
  return [declared, begin, ...values].join("\n");
}

/** Statements that turn the values `p0`, `p1` … into core parameters; returns their names too. */
export function lowerParams(
  { params }: FuncType,
  flat: FlatFunction,
  context: ValueContext,
): { statements: string; names: string[] } {
  if (flat.spillsParams) {
    const { size, align } = recordLayout(params.map((type) => context.source.type(type)));
    const fields = params.map((type, index) => [`p${index}`, type] as const);
    const statements = `const q = ${allocateFunction(context)}(${align}, ${size});\n${storeFields(fields, "q", context)}`;
    return { statements, names: ["q"] };
  }
  let used = 0;
  const names = flat.params.map((_type, index) => `x${index}`);
  const statements = params.map((type, index) => {
    const width = context.source.type(type).flat?.length ?? 0;
    const own = names.slice(used, used + width);
    used += width;
    return lowerFlat(type, `p${index}`, own, context);
  });
  const declared = names.length === 0 ? "" : `let ${names.join(", ")};`;
  return { statements: `${declared}\n${statements.join("\n")}`, names };
}

/** Statements that declare `v` and set it to the value of the core result `r`. */
export function liftResult({ result }: FuncType, flat: FlatFunction, context: ValueContext): string {
  if (result === null) return "let v;";
  const begin = beginLifting([result], flat.spillsResult, context);
  if (!flat.spillsResult) return `${begin} let v = ${liftFlat(result, ["r"], context)};`;
  const check = checkRange("q", context.source.type(result), context);
  return `let v; { ${begin} const q = r >>> 0; ${check} v = ${load(result, "q", context)}; }`;
}

/** Statements that pass on the value `v` as the result of a core function: `return` it, or write it at `at`. */
export function lowerResult({ result }: FuncType, flat: FlatFunction, context: ValueContext): LoweredResult {
  if (result === null) return { statements: "", value: undefined };
  if (flat.spillsResult) {
    const statements = `${beginWriting(result, context)}\n${store(result, "v", "q", context)}`;
    return { statements, value: undefined };
  }
  return { statements: `let o; ${lowerFlat(result, "v", ["o"], context)}`, value: "o" };
}

export interface LoweredResult {
  statements: string;
  /** What the core function returns. */
  value: string | undefined;
}

/** Statements that declare `q`, the checked place at `at` that a result of this type is written to. */
export function beginWriting(result: number, context: ValueContext): string {
  const memory = memoryOf(context);
  const layout = context.source.type(result);
  return `const q = at >>> 0; ${refresh(memory)}
${checkRange("q", layout, context)}
if (mark${memory} !== undefined) mark${memory}(q, ${layout.size});`;
}

function checkRange(
  at: string,
  { size, align }: { size: number; align: number },
  context: ValueContext,
): string {
  const aligned = align === 1 ? "" : `if (${at} % ${align} !== 0) throw rt.misaligned();`;
  return `${aligned} if (${at} + ${size} > bytes${memoryOf(context)}.length) throw rt.outOfBounds();`;
}
