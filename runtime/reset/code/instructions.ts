/**
 * What follows an opcode (WebAssembly core specification 3.0, 5.4). Only the size of immediates matters here: whoever walks
 * over code needs to find the next instruction, whatever it does.
 */
import type { Reader } from "../../../model/wasm/reader.ts";

/** An instruction that this host cannot read: the code is left as it is. */
export class UnreadableCode extends Error {}

type Skip = (reader: Reader) => void;

const none: Skip = () => {};
const index: Skip = (reader) => reader.skipNumber();
const twoIndexes: Skip = (reader) => {
  reader.skipNumber();
  reader.skipNumber();
};
const bytes =
  (size: number): Skip =>
  (reader) => {
    reader.slice(size);
  };

/** A value type or heap type; references with a heap type take a number after their byte. */
export function skipValueType(reader: Reader): void {
  const code = reader.byte();
  if (code === 0x63 || code === 0x64) reader.skipNumber();
}

function skipBlockType(reader: Reader): void {
  let byte = reader.byte();
  if (byte === 0x63 || byte === 0x64) return reader.skipNumber();
  while ((byte & 0x80) !== 0) byte = reader.byte();
}

export interface MemoryArgument {
  memory: number;
  offset: number;
}

/** Alignment with the flag of a memory index in bit 6, the index, the offset. */
export function readMemoryArgument(reader: Reader, into: MemoryArgument): void {
  const flags = reader.u32();
  into.memory = (flags & 0x40) === 0 ? 0 : reader.u32();
  into.offset = reader.u64();
}

const ignored: MemoryArgument = { memory: 0, offset: 0 };
const memoryArgument: Skip = (reader) => readMemoryArgument(reader, ignored);

function skipBranchTable(reader: Reader): void {
  for (let left = reader.count(); left >= 0; left--) reader.skipNumber();
}

function skipTypes(reader: Reader): void {
  for (let left = reader.count(); left > 0; left--) skipValueType(reader);
}

function skipTryTable(reader: Reader): void {
  skipBlockType(reader);
  for (let left = reader.count(); left > 0; left--) {
    if (reader.byte() < 2) reader.skipNumber();
    reader.skipNumber();
  }
}

const table: (Skip | undefined)[] = Array.from({ length: 256 });

function define(skip: Skip, from: number, to = from): void {
  for (let opcode = from; opcode <= to; opcode++) table[opcode] = skip;
}

define(none, 0x00, 0x01);
define(skipBlockType, 0x02, 0x04);
define(none, 0x05);
define(skipBlockType, 0x06);
define(index, 0x07, 0x09);
define(none, 0x0a, 0x0b);
define(index, 0x0c, 0x0d);
define(skipBranchTable, 0x0e);
define(none, 0x0f);
define(index, 0x10);
define(twoIndexes, 0x11);
define(index, 0x12);
define(twoIndexes, 0x13);
define(index, 0x14, 0x15);
define(index, 0x18);
define(none, 0x19, 0x1b);
define(skipTypes, 0x1c);
define(skipTryTable, 0x1f);
define(index, 0x20, 0x26);
define(memoryArgument, 0x28, 0x3e);
define(index, 0x3f, 0x42);
define(bytes(4), 0x43);
define(bytes(8), 0x44);
define(none, 0x45, 0xc4);
define(index, 0xd0);
define(none, 0xd1);
define(index, 0xd2);
define(none, 0xd3, 0xd4);
define(index, 0xd5, 0xd6);

/** Skips the immediates of a one-byte opcode. */
export function skipImmediates(opcode: number, reader: Reader): void {
  const skip = table[opcode];
  if (skip === undefined) throw new UnreadableCode(`the instruction 0x${opcode.toString(16)}`);
  skip(reader);
}

/** After 0xfc: saturating conversions, bulk operations, tables, wide arithmetic. */
export function skipBulkImmediates(opcode: number, reader: Reader): void {
  if (opcode <= 7 || (opcode >= 19 && opcode <= 22)) return;
  if (opcode > 17) throw new UnreadableCode(`the instruction 0xfc ${opcode}`);
  const hasTwo = opcode === 8 || opcode === 10 || opcode === 12 || opcode === 14;
  if (hasTwo) twoIndexes(reader);
  else index(reader);
}

/** After 0xfd: vectors. */
export function skipVectorImmediates(opcode: number, reader: Reader): void {
  if (opcode <= 11 || opcode === 92 || opcode === 93) memoryArgument(reader);
  else if (opcode === 12 || opcode === 13) reader.slice(16);
  else if (opcode >= 21 && opcode <= 34) reader.byte();
  else if (opcode >= 84 && opcode <= 91) {
    memoryArgument(reader);
    reader.byte();
  } else if (opcode > 275) throw new UnreadableCode(`the vector instruction ${opcode}`);
}
