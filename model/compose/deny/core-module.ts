/** The core module of an adapter: a memory with the answers, and a function for each that is denied. */
import { list, name, s32, section, u32 } from "../../wasm/bytes.ts";
import type { CoreType } from "../../wasm/component/layout.ts";
import { type Code, echo, op, reallocBody } from "./code.ts";

export interface CoreFunction {
  /** Of the export, and of the function in stack traces. */
  name: string;
  params: readonly CoreType[];
  results: readonly CoreType[];
  /** Handles that it was given and drops: the import, and the code that leaves the handle on the stack if there is one. */
  drops: { import: number; param: number; isOptional: boolean }[];
  /** Its result, as bytes at this address of the memory; or the import that makes a resource; or a trap. */
  outcome:
    | { kind: "answer"; address: number; echoAt?: number }
    | { kind: "make"; import: number }
    | { kind: "trap" };
}

/** A core function of a built-in: `resource.drop` or `resource.new`. */
export interface CoreImportedFunction {
  name: string;
  params: readonly CoreType[];
  results: readonly CoreType[];
}

export interface CoreModuleParts {
  /** From the module "". */
  imports: readonly CoreImportedFunction[];
  functions: readonly CoreFunction[];
  /** What the memory begins with. */
  data: Uint8Array;
}

const codes: Readonly<Record<CoreType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };
const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const pageBytes = 65_536;
/** Allocations are aligned to what the allocator is asked for; this is where they begin. */
const baseAlign = 16;

/** Exports "memory", "realloc" and the functions by their names. */
export function writeCoreModule({ imports, functions, data }: CoreModuleParts): Uint8Array {
  const base = Math.ceil(data.length / baseAlign) * baseAlign;
  const realloc = { params: ["i32", "i32", "i32", "i32"], results: ["i32"] } as const;
  const signatures = [...imports, realloc, ...functions];
  const own = signatures.slice(imports.length);
  const exported = ["realloc", ...functions.map((it) => it.name)];
  return Uint8Array.from([
    ...magic,
    ...section(1, signatures.map(signature)),
    ...section(
      2,
      imports.map((it, index) => [...name(""), ...name(it.name), 0x00, ...u32(index)]),
    ),
    ...section(
      3,
      own.map((_it, index) => u32(imports.length + index)),
    ),
    ...section(5, [[0x00, ...u32(Math.floor(base / pageBytes) + 1)]]),
    // The end of what is allocated.
    ...section(6, [[codes.i32, 0x01, op.i32Const, ...s32(base), op.end]]),
    ...section(7, [
      [...name("memory"), 0x02, 0x00],
      ...exported.map((it, index) => [...name(it), 0x00, ...u32(imports.length + index)]),
    ]),
    ...section(10, [sized(reallocBody), ...functions.map((it) => sized(body(it, base)))]),
    ...section(11, [[0x00, op.i32Const, 0x00, op.end, ...u32(data.length), ...data]]),
    ...nameSection(exported, imports.length),
  ]);
}

function signature({ params, results }: Pick<CoreFunction, "params" | "results">): number[] {
  const values = (types: readonly CoreType[]): number[] => list(types.map((type) => [codes[type]]));
  return [0x60, ...values(params), ...values(results)];
}

/** What was allocated for the parameters is not needed any more when an answer is given. */
function body({ drops, outcome }: CoreFunction, base: number): Code {
  const noLocals = 0x00;
  if (outcome.kind === "trap") return [noLocals, op.unreachable, op.end];
  const dropped = drops.flatMap(({ import: drop, param, isOptional }) => {
    const call = [op.localGet, ...u32(isOptional ? param + 1 : param), op.call, ...u32(drop)];
    return isOptional ? [op.localGet, ...u32(param), op.if, 0x40, ...call, op.end] : call;
  });
  const free = [op.i32Const, ...s32(base), op.globalSet, 0x00];
  const result =
    outcome.kind === "make"
      ? [op.i32Const, 0x00, op.call, ...u32(outcome.import)]
      : [
          ...(outcome.echoAt === undefined ? [] : echo(outcome.address + outcome.echoAt)),
          op.i32Const,
          ...s32(outcome.address),
        ];
  return [noLocals, ...dropped, ...free, ...result, op.end];
}

function sized(code: Code): number[] {
  return [...u32(code.length), ...code];
}

/** Names of functions, so that a stack trace says what was denied. */
function nameSection(functions: readonly string[], first: number): number[] {
  const names = list(functions.map((it, index) => [...u32(first + index), ...name(it)]));
  const content = [...name("name"), 0x01, ...u32(names.length), ...names];
  return [0x00, ...u32(content.length), ...content];
}
