import { type CoreType, mostFlatParams } from "../../wasm/component/layout.ts";
import type { PooledImport } from "../import-pool.ts";
import { interfaceId } from "../names.ts";
import type { Func, Instance, Resource, Value } from "../types/types.ts";
import { answerOf } from "./answer.ts";
import type { CoreFunction, CoreImportedFunction, CoreModuleParts } from "./core-module.ts";
import { layoutOf } from "./layout-of.ts";

export interface FunctionPlan extends CoreModuleParts {
  functions: (CoreFunction & { type: Func })[];
  /** What the imports of the core module are. */
  builtIns: { kind: "drop" | "new"; resource: Resource }[];
}

/** The functions of denied interfaces as core functions; `own` are the ids of resources that the adapter defines itself. */
export function planFunctions(denied: readonly PooledImport[], own: ReadonlySet<number>): FunctionPlan {
  const planner = new Planner(own);
  for (const { name, item } of denied) {
    const message = planner.store(
      new TextEncoder().encode(`"${interfaceId(name).path}" is not permitted`),
      1,
    );
    for (const [label, { sort, value }] of (item.value as Instance).exports)
      if (sort === "func") planner.add(`${name}#${label}`, value, message);
  }
  return planner.plan();
}

class Planner {
  readonly #own: ReadonlySet<number>;
  readonly #functions: FunctionPlan["functions"] = [];
  readonly #builtIns: FunctionPlan["builtIns"] = [];
  // Nothing is stored at 0, as guests expect.
  #data = new Uint8Array(8);

  constructor(own: ReadonlySet<number>) {
    this.#own = own;
  }

  plan(): FunctionPlan {
    const imports = this.#builtIns.map(({ kind }, index): CoreImportedFunction => ({
      name: `${kind} ${index}`,
      params: ["i32"],
      results: kind === "new" ? ["i32"] : [],
    }));
    return { imports, functions: this.#functions, builtIns: this.#builtIns, data: this.#data };
  }

  /** Puts bytes into the memory. */
  store(bytes: Uint8Array, align: number): { address: number; length: number } {
    const address = Math.ceil(this.#data.length / align) * align;
    const data = new Uint8Array(address + bytes.length);
    data.set(this.#data);
    data.set(bytes, address);
    this.#data = data;
    return { address, length: bytes.length };
  }

  add(name: string, type: Func, message: { address: number; length: number }): void {
    const flats = type.params.map(([, param]) => layoutOf(param).flat);
    const all = flats.includes(null) ? undefined : flats.flatMap((flat) => flat ?? []);
    const spills = all === undefined || all.length > mostFlatParams;
    const outcome = this.#outcome(type, message);
    const flatResult = type.result === undefined ? [] : layoutOf(type.result).flat;
    const results: readonly CoreType[] =
      flatResult?.length === 1 || flatResult?.length === 0 ? flatResult : ["i32"];
    this.#functions.push({
      name,
      type,
      params: spills ? ["i32"] : all,
      results,
      drops: spills || outcome.kind === "trap" ? [] : this.#drops(type, flats),
      outcome,
    });
  }

  #outcome(type: Func, message: { address: number; length: number }): CoreFunction["outcome"] {
    const { result } = type;
    if (result?.kind === "own" && this.#own.has(result.resource.id))
      return { kind: "make", import: this.#builtIn("new", result.resource) };
    const answer = answerOf(type, message);
    if (answer === undefined || result === undefined) return { kind: "trap" };
    const { address } = this.store(answer.bytes, layoutOf(result).align);
    return { kind: "answer", address, ...(answer.echoAt === undefined ? {} : { echoAt: answer.echoAt }) };
  }

  /** A borrow has to be dropped before a function returns; what is owned would stay in the adapter for ever. */
  #drops({ params }: Func, flats: readonly (readonly CoreType[] | null)[]): CoreFunction["drops"] {
    let at = 0;
    return params.flatMap(([, type], index) => {
      const param = at;
      at += flats[index]?.length ?? 0;
      const isOptional = type.kind === "option";
      const handle: Value = isOptional ? type.of : type;
      if (handle.kind !== "own" && handle.kind !== "borrow") return [];
      // Of its own resources, an adapter is lent what they stand for, not a handle.
      if (handle.kind === "borrow" && this.#own.has(handle.resource.id)) return [];
      return [{ import: this.#builtIn("drop", handle.resource), param, isOptional }];
    });
  }

  #builtIn(kind: "drop" | "new", resource: Resource): number {
    const found = this.#builtIns.findIndex((it) => it.kind === kind && it.resource.id === resource.id);
    return found === -1 ? this.#builtIns.push({ kind, resource }) - 1 : found;
  }
}
