/** The core functions that functions of the component model become (CanonicalABI.md: flattening). */
import type { Signature } from "../../../model/wasm/component/core-type.ts";
import { mostFlatParams, mostFlatResults } from "../../../model/wasm/component/layout.ts";
import type { CoreType, Layout } from "../../../model/wasm/component/layout.ts";
import type { FuncType } from "./link-plan.ts";

export interface FlatFunction {
  params: readonly CoreType[];
  results: readonly CoreType[];
  /** Whether parameters go through memory, as one record. */
  spillsParams: boolean;
  /** Whether the result goes through memory. */
  spillsResult: boolean;
}

/** `lift`: a core function with this type; `lower`: a core import with it. */
export function flatten(
  { params, result }: FuncType,
  types: readonly Layout[],
  direction: "lift" | "lower",
): FlatFunction {
  const flatParams = params.map((type) => types[type]?.flat ?? null);
  const flatResult = result === null ? [] : (types[result]?.flat ?? null);
  const all = flatParams.includes(null) ? null : flatParams.flatMap((flat) => flat ?? []);
  const spillsParams = all === null || all.length > mostFlatParams;
  const spillsResult = flatResult === null || flatResult.length > mostFlatResults;
  const own: readonly CoreType[] = spillsParams ? ["i32"] : all;
  return {
    params: spillsResult && direction === "lower" ? [...own, "i32"] : own,
    results: spillsResult ? (direction === "lift" ? ["i32"] : []) : flatResult,
    spillsParams,
    spillsResult,
  };
}

export function signature({ params, results }: Pick<FlatFunction, "params" | "results">): Signature {
  return `${params.join(" ")} -> ${results.join(" ")}`;
}
