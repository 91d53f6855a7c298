/**
 * A core module between guests and functions that wait. A function that may suspend its caller (JSPI) must not be called
 * at all where nothing can be suspended: while an instance is being made, or in a destructor. The module calls it only when
 * the flag says that the stack may be suspended, and the same function without suspension otherwise.
 */
import { name, section, u32 } from "../../../model/wasm/bytes.ts";
import type { CoreType } from "../../../model/wasm/component/layout.ts";
import type { LinkPlan } from "../plan/link-plan.ts";
import { flatten, type FlatFunction } from "../plan/signature.ts";
import { mayWait } from "../plan/waiting.ts";

/** Trampolines that go through the module, in the order of its exports. */
export function waitingTrampolines(plan: LinkPlan): number[] {
  return plan.trampolines.flatMap((trampoline, index) => (mayWait(trampoline, plan) ? [index] : []));
}

const codes: Readonly<Record<CoreType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c };
const emptyBlock = 0x40;
const noLocals = 0;
const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const opcodes = { if: 0x04, else: 0x05, end: 0x0b, call: 0x10, localGet: 0x20, globalGet: 0x23 } as const;

/**
 * Imports the flag as `"flag" ""` (a mutable i32), each trampoline as `"suspending" "<n>"` and as `"plain" "<n>"`, and
 * exports what decides between the two as `"<n>"`. `undefined` when nothing waits.
 */
export function dispatchModule(plan: LinkPlan): Uint8Array | undefined {
  const waiting = waitingTrampolines(plan);
  if (waiting.length === 0) return undefined;
  const flats = waiting.map((index) => flatOf(index, plan));
  const forms = ["suspending", "plain"];
  const imports = forms.flatMap((form) =>
    waiting.map((trampoline, type) => [...name(form), ...name(String(trampoline)), 0x00, ...u32(type)]),
  );
  const flag = [...name("flag"), ...name(""), 0x03, codes.i32, 0x01];
  return Uint8Array.from([
    ...preamble,
    ...section(1, flats.map(functionType)),
    ...section(2, [...imports, flag]),
    ...section(
      3,
      waiting.map((_trampoline, type) => u32(type)),
    ),
    ...section(
      7,
      waiting.map((trampoline, index) => [
        ...name(String(trampoline)),
        0x00,
        ...u32(forms.length * waiting.length + index),
      ]),
    ),
    ...section(
      10,
      flats.map((flat, index) => body(flat, index, waiting.length + index)),
    ),
  ]);
}

function flatOf(index: number, plan: LinkPlan): FlatFunction {
  const trampoline = plan.trampolines[index];
  const type =
    trampoline?.kind === "host"
      ? trampoline.func.type
      : trampoline?.kind === "adapter"
        ? trampoline.callee.type
        : undefined;
  if (type === undefined) throw new Error("only functions of a type wait");
  return flatten(type, plan.types, "lower");
}

function functionType({ params, results }: FlatFunction): number[] {
  const values = (types: readonly CoreType[]) => [...u32(types.length), ...types.map((type) => codes[type])];
  return [0x60, ...values(params), ...values(results)];
}

function body({ params, results }: FlatFunction, suspending: number, plain: number): number[] {
  const args = params.flatMap((_type, index) => [opcodes.localGet, ...u32(index)]);
  const [result] = results;
  const call = (target: number) => [...args, opcodes.call, ...u32(target)];
  const block = result === undefined ? emptyBlock : codes[result];
  const condition = [opcodes.globalGet, 0, opcodes.if, block];
  const code = [
    noLocals,
    ...condition,
    ...call(suspending),
    opcodes.else,
    ...call(plain),
    opcodes.end,
    opcodes.end,
  ];
  return [...u32(code.length), ...code];
}
