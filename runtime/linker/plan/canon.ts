import type { CanonOptions, Definition } from "../../../model/wasm/component/definitions.ts";
import { resourceAt } from "../resolve/evaluate-type.ts";
import type { CoreEntry, Scope } from "../resolve/scope.ts";
import { asynchronous, invalid, unsupported } from "../unsupported.ts";
import type { Draft } from "./draft.ts";
import type { FuncType, LiftedFunction, Options } from "./link-plan.ts";
import { flatten, type FlatFunction, signature } from "./signature.ts";

type Canon<Kind extends Definition["kind"]> = Extract<Definition, { kind: Kind }>;

export function liftFunction(
  { func, options: written, type: index }: Canon<"lift">,
  scope: Scope,
  draft: Draft,
): LiftedFunction {
  const type = scope.get("type", index);
  if (type.kind !== "func") throw invalid(`it lifts a function to type ${index}, which is a ${type.kind}`);
  const core = scope.get("core func", func);
  const options = resolveOptions(written, scope, draft);
  const flat = flatten(type.type, draft.table.types, "lift");
  expectSignature(core, signature(flat), "lifts");
  if (written.postReturn !== undefined)
    expectSignature(
      scope.get("core func", written.postReturn),
      signature({ params: flat.results, results: [] }),
      "cleans up with",
    );
  const { params, result } = type.type;
  checkOptions(options, {
    reads: result !== null && (flat.spillsResult || hasPointers([result], draft)),
    writes: flat.spillsParams || hasPointers(params, draft),
    allocates: flat.spillsParams || hasPointers(params, draft),
  });
  return { core: core.item, type: type.type, options };
}

export function lowerFunction(
  { func: index, options: written }: Canon<"lower">,
  scope: Scope,
  draft: Draft,
): CoreEntry {
  if (written.postReturn !== undefined) throw invalid("it lowers a function with post-return");
  const found = scope.get("func", index);
  const options = resolveOptions(written, scope, draft);
  const { type } = found.func;
  const flat = flatten(type, draft.table.types, "lower");
  checkOptions(options, needsOfLowered(type, flat, draft));
  const item = draft.addTrampoline(
    found.kind === "host"
      ? { kind: "host", func: found.func, options }
      : { kind: "adapter", callee: found.func, options },
  );
  return { kind: "func", item, signature: signature(flat) };
}

const builtInSignatures = {
  "resource.new": "i32 -> i32",
  "resource.rep": "i32 -> i32",
  "resource.drop": "i32 -> ",
};

export function resourceFunction(
  { kind, type }: Canon<"resource.new" | "resource.drop" | "resource.rep">,
  scope: Scope,
  draft: Draft,
): CoreEntry {
  const resource = resourceAt(type, scope);
  if (kind !== "resource.drop" && !draft.isOwnResource(resource, scope.instance))
    throw invalid(`it uses ${kind} with a resource that it does not define`);
  const item = draft.addTrampoline({ kind, resource, instance: scope.instance });
  return { kind: "func", item, signature: builtInSignatures[kind] };
}

interface Needs {
  reads: boolean;
  writes: boolean;
  allocates: boolean;
}

function needsOfLowered({ params, result }: FuncType, flat: FlatFunction, draft: Draft): Needs {
  const returnsPointers = result !== null && hasPointers([result], draft);
  return {
    reads: flat.spillsParams || hasPointers(params, draft),
    writes: flat.spillsResult,
    allocates: returnsPointers,
  };
}

function hasPointers(types: readonly number[], draft: Draft): boolean {
  return types.some((type) => draft.table.at(type).hasPointers);
}

function checkOptions({ memory, realloc }: Options, { reads, writes, allocates }: Needs): void {
  if ((reads || writes) && memory === null)
    throw invalid("it passes a value through memory and names no memory");
  if (allocates && realloc === null) throw invalid("it takes a string or list and names no realloc");
}

function resolveOptions(written: CanonOptions, scope: Scope, draft: Draft): Options {
  const { encoding, memory, realloc, postReturn, isAsync } = written;
  if (isAsync === true) throw unsupported(asynchronous);
  const func = (index: number | undefined) => (index === undefined ? null : scope.get("core func", index));
  const allocate = func(realloc);
  if (allocate !== null) {
    if (memory === undefined) throw invalid("it names a realloc and no memory");
    expectSignature(allocate, "i32 i32 i32 i32 -> i32", "allocates with");
  }
  return {
    instance: scope.instance,
    encoding,
    memory: memory === undefined ? null : draft.addMemory(scope.get("core memory", memory).item),
    realloc: allocate?.item ?? null,
    postReturn: func(postReturn)?.item ?? null,
  };
}

function expectSignature({ signature: found = "?" }: CoreEntry, expected: string, verb: string): void {
  if (found !== expected)
    throw invalid(`it ${verb} a core function of the type ${found}; expected ${expected}`);
}
