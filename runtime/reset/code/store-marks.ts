/** Writes marks: `marks[address >> 12] = 1`, before the instruction that stores. */
import type { Writer } from "../module/writer.ts";
import { markReach, pageBits } from "../state/mark-map.ts";
import type { Effects } from "./effects.ts";
import { type KnownMarks, unknownOperand } from "./known-marks.ts";

/** Groups of locals of one type, as a body declares them. */
export type ExtraLocals = readonly (readonly [count: number, valueType: number])[];

const i32 = 0x7f;

/** Types of what the stores 0x36 to 0x3e write, and of vectors. */
const storedTypes = new Map([
  [0x36, i32],
  [0x37, 0x7e],
  [0x38, 0x7d],
  [0x39, 0x7c],
  [0x3a, i32],
  [0x3b, i32],
  [0x3c, 0x7e],
  [0x3d, 0x7e],
  [0x3e, 0x7e],
  [0xfd, 0x7b],
]);

export class StoreMarks {
  readonly #memory: number;
  readonly #markRange: number;
  readonly #known: KnownMarks;
  readonly #code: Writer;
  readonly #effects: Effects;
  #firstLocal = 0;
  /** Value type of each local that was added. */
  readonly #locals: number[] = [];

  constructor(
    { memory, markRange }: { memory: number; markRange: number },
    known: KnownMarks,
    code: Writer,
    effects: Effects,
  ) {
    this.#memory = memory;
    this.#markRange = markRange;
    this.#known = known;
    this.#code = code;
    this.#effects = effects;
  }

  begin(firstLocal: number): void {
    this.#firstLocal = firstLocal;
    this.#locals.length = 0;
  }

  extraLocals(): ExtraLocals {
    return this.#locals.map((valueType) => [1, valueType] as const);
  }

  /** Of a store whose address and value are the topmost operands. */
  needsMark(offset: number): boolean {
    const local = this.#known.localOf(1);
    return local === unknownOperand || !this.#known.isMarked(local, offset, markReach);
  }

  mark(opcode: number, offset: number): void {
    const local = this.#known.localOf(1);
    this.#effects.marks++;
    if (local !== unknownOperand) {
      this.#known.addMark(local, offset);
      this.#instruction(0x20, local);
      this.#markTop(offset);
      return;
    }
    const value = this.#extra(storedTypes.get(opcode) ?? i32);
    const address = this.#extra(i32, value);
    this.#instruction(0x21, value);
    this.#instruction(0x22, address);
    this.#markTop(offset);
    this.#instruction(0x20, address);
    this.#instruction(0x20, value);
  }

  /** Of memory.copy, fill and init, whose operands are destination, source or value, and length. */
  markRange(): void {
    this.#effects.marks++;
    const length = this.#extra(i32);
    const source = this.#extra(i32, length);
    const destination = this.#extra(i32, length, source);
    this.#instruction(0x21, length);
    this.#instruction(0x21, source);
    this.#instruction(0x22, destination);
    this.#instruction(0x20, length);
    this.#instruction(0x10, this.#markRange);
    this.#instruction(0x20, destination);
    this.#instruction(0x20, source);
    this.#instruction(0x20, length);
  }

  /** Takes the address from the operands. An offset that leaves 32 bits wraps: the store itself traps then. */
  #markTop(offset: number): void {
    if (offset !== 0) {
      this.#code.byte(0x41);
      this.#code.s32(offset % 2 ** 32);
      this.#code.byte(0x6a);
    }
    // i32.const 12; i32.shr_u; i32.const 1; i32.store8 of the marks
    this.#code.raw([0x41, pageBits, 0x76, 0x41, 1, 0x3a, 0x40]);
    this.#code.u32(this.#memory);
    this.#code.byte(0);
  }

  #instruction(opcode: number, index: number): void {
    this.#code.byte(opcode);
    this.#code.u32(index);
  }

  /** A local of this type that is none of `taken`. */
  #extra(valueType: number, ...taken: number[]): number {
    for (const [at, found] of this.#locals.entries()) {
      const local = this.#firstLocal + at;
      if (found === valueType && !taken.includes(local)) return local;
    }
    return this.#firstLocal + this.#locals.push(valueType) - 1;
  }
}
