/** Instructions of the core (WebAssembly core specification, 5.4). */
import { s32 } from "../../wasm/bytes.ts";

export type Code = readonly number[];

export const op = {
  unreachable: 0x00,
  if: 0x04,
  end: 0x0b,
  return: 0x0f,
  call: 0x10,
  localGet: 0x20,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Store: 0x36,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i32Eq: 0x46,
  i32GtU: 0x4b,
  i32LeU: 0x4d,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32And: 0x71,
  i32Shl: 0x74,
  i32ShrU: 0x76,
} as const;

const memoryCopy = [0xfc, 0x0a, 0x00, 0x00];
const noResult = 0x40;

const [old, oldSize, align, size, at] = [0, 1, 2, 3, 4];
const get = (local: number): number[] => [op.localGet, local];
const number = (value: number): number[] => [op.i32Const, ...s32(value)];
const end = [op.globalGet, 0x00];
const memoryBytes = [op.memorySize, 0x00, ...number(16), op.i32Shl];

/** Takes the next bytes and never frees; what is made larger is copied. */
export const reallocBody: Code = [
  [0x01, 0x01, 0x7f],
  [...get(size), ...get(oldSize), op.i32LeU, op.if, noResult, ...get(old), op.return, op.end],
  [...end, ...get(align), op.i32Add, ...number(1), op.i32Sub],
  [...number(0), ...get(align), op.i32Sub, op.i32And, op.localTee, at],
  [...get(size), op.i32Add, op.globalSet, 0x00],
  [...end, ...memoryBytes, op.i32GtU, op.if, noResult],
  [...end, ...memoryBytes, op.i32Sub, ...number(65_535), op.i32Add, ...number(16), op.i32ShrU],
  [op.memoryGrow, 0x00, ...number(-1), op.i32Eq, op.if, noResult, op.unreachable, op.end, op.end],
  [...get(at), ...get(old), ...get(oldSize), ...memoryCopy],
  [...get(at), op.end],
].flat();

/** Stores the first two parameters, the place and the length of a text, one after the other. */
export function echo(address: number): number[] {
  const store = (to: number, local: number): number[] => [
    ...number(to),
    ...get(local),
    op.i32Store,
    0x02,
    0x00,
  ];
  return [...store(address, 0), ...store(address + 4, 1)];
}
