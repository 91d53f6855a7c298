/** One function's code with marks before its stores, and checks of the deadline in its loops. */
import { Reader } from "../../../model/wasm/reader.ts";
import type { FunctionType } from "../module/layout.ts";
import { Writer } from "../module/writer.ts";
import type { Effects } from "./effects.ts";
import {
  readMemoryArgument,
  skipBulkImmediates,
  skipImmediates,
  skipValueType,
  skipVectorImmediates,
  UnreadableCode,
} from "./instructions.ts";
import { KnownMarks, mostLocals } from "./known-marks.ts";
import { operandEffect } from "./operands.ts";
import { checkDeadline } from "./checks.ts";
import { replaceSize } from "./sizes.ts";
import { type ExtraLocals, StoreMarks } from "./store-marks.ts";

export interface BodyOptions {
  types: readonly (FunctionType | undefined)[];
  functions: readonly number[];
  /** `undefined` leaves stores as they are. */
  marks: { memory: number; markRange: number; grow: number } | undefined;
  /** `undefined` leaves loops as they are. */
  checks: { memory: number; pause: number } | undefined;
}

const tableInstructions = new Set([12, 14, 15, 17]);

export class BodyRewriter {
  readonly #options: BodyOptions;
  readonly #effects: Effects;
  readonly #known = new KnownMarks();
  readonly #code = new Writer(65_536);
  readonly #body = new Writer(65_536);
  readonly #stores: StoreMarks | undefined;
  readonly #argument = { memory: 0, offset: 0 };

  constructor(options: BodyOptions, effects: Effects) {
    this.#options = options;
    this.#effects = effects;
    if (options.marks !== undefined)
      this.#stores = new StoreMarks(options.marks, this.#known, this.#code, effects);
  }

  /** The new body, or the old one where nothing had to change. Stands until the next call. */
  rewrite(bytes: Uint8Array, type: FunctionType): Uint8Array {
    const reader = new Reader(bytes);
    const groups = reader.count();
    const groupsStart = reader.offset;
    let locals = type.parameters;
    for (let left = groups; left > 0; left--) {
      locals += reader.u32();
      skipValueType(reader);
    }
    if (locals + 6 > mostLocals) throw new UnreadableCode(`a function with ${locals} locals`);
    const codeStart = reader.offset;
    const before = changesOf(this.#effects);
    this.#code.clear();
    this.#known.begin(locals);
    this.#stores?.begin(locals);
    const isEntryChecked = this.#walk(reader, bytes) > 1 && this.#options.checks !== undefined;
    if (isEntryChecked) this.#effects.checks++;
    if (changesOf(this.#effects) === before) return bytes;
    const extra: ExtraLocals = this.#stores?.extraLocals() ?? [];
    this.#body.clear();
    this.#body.u32(groups + extra.length);
    this.#body.raw(bytes.subarray(groupsStart, codeStart));
    for (const [count, valueType] of extra) {
      this.#body.u32(count);
      this.#body.byte(valueType);
    }
    if (isEntryChecked && this.#options.checks !== undefined) checkDeadline(this.#body, this.#options.checks);
    this.#body.raw(this.#code.written());
    return this.#body.written();
  }

  /**
   * Copies instructions with what is added to them; returns the number of calls. A function with a single call needs no
   * check: a chain of those ends with the stack. One that ends in a tail call grows no stack, and counts as two.
   */
  #walk(reader: Reader, bytes: Uint8Array): number {
    let copied = reader.offset;
    let calls = 0;
    const copyTo = (end: number): void => {
      if (end > copied) this.#code.raw(bytes.subarray(copied, end));
      copied = end;
    };
    while (!reader.isAtEnd) {
      const start = reader.offset;
      const opcode = reader.byte();
      if (opcode >= 0x36 && opcode <= 0x3e) {
        readMemoryArgument(reader, this.#argument);
        this.#effects.stores++;
        if (this.#stores?.needsMark(this.#argument.offset) === true) {
          copyTo(start);
          this.#stores.mark(opcode, this.#argument.offset);
        }
        this.#known.pop(2);
      } else if (opcode === 0xfc) this.#bulk(reader, start, copyTo);
      else if (opcode === 0xfd) this.#vector(reader, start, copyTo);
      else if (opcode === 0xfe) {
        this.#effects.usesAtomics = true;
        throw new UnreadableCode("atomic instructions");
      } else if (opcode === 0x03) {
        skipImmediates(opcode, reader);
        this.#known.enterBlock(true);
        if (this.#options.checks !== undefined) {
          copyTo(reader.offset);
          checkDeadline(this.#code, this.#options.checks);
          this.#effects.checks++;
        }
      } else if (opcode === 0x20) this.#known.readLocal(reader.u32());
      else if (opcode === 0x21 || opcode === 0x22) {
        const local = reader.u32();
        this.#known.pop(1);
        this.#known.writeLocal(local);
        if (opcode === 0x22) this.#known.readLocal(local);
      } else if (opcode === 0x10) {
        calls++;
        this.#call(reader.u32());
      } else if ((opcode === 0x3f || opcode === 0x40) && this.#options.marks !== undefined) {
        copyTo(start);
        skipImmediates(opcode, reader);
        copied = reader.offset;
        replaceSize(opcode, this.#code, this.#options.marks);
        this.#effects.sizes++;
        this.#plain(opcode);
      } else {
        skipImmediates(opcode, reader);
        if (opcode === 0x11 || opcode === 0x14) calls++;
        else if (opcode === 0x12 || opcode === 0x13 || opcode === 0x15) calls += 2;
        this.#plain(opcode);
      }
    }
    copyTo(bytes.length);
    return calls;
  }

  #plain(opcode: number): void {
    const effect = operandEffect(opcode);
    if (effect >= 0) {
      this.#known.pop(effect >> 4);
      this.#known.push(effect & 15);
    } else if (opcode === 0x02 || opcode === 0x04 || opcode === 0x06 || opcode === 0x1f)
      this.#known.enterBlock(false);
    else if (opcode === 0x05 || opcode === 0x07 || opcode === 0x19) this.#known.enterBranch();
    else if (opcode === 0x0b || opcode === 0x18) this.#known.leaveBlock();
    else {
      if (opcode === 0x26) this.#effects.changesTables = true;
      this.#known.forgetOperands();
    }
  }

  #call(callee: number): void {
    const type = this.#options.types[this.#options.functions[callee] ?? -1];
    if (type === undefined) return this.#known.forgetOperands();
    this.#known.pop(type.parameters);
    this.#known.push(type.results);
  }

  #bulk(reader: Reader, start: number, copyTo: (end: number) => void): void {
    const opcode = reader.u32();
    skipBulkImmediates(opcode, reader);
    if (opcode === 8 || opcode === 10 || opcode === 11) {
      this.#effects.stores++;
      if (this.#stores !== undefined) {
        copyTo(start);
        this.#stores.markRange();
      }
    } else if (opcode === 9 || opcode === 13) this.#effects.dropsSegments = true;
    else if (tableInstructions.has(opcode)) this.#effects.changesTables = true;
    this.#known.forgetOperands();
  }

  #vector(reader: Reader, start: number, copyTo: (end: number) => void): void {
    const opcode = reader.u32();
    const isStore = opcode === 11 || (opcode >= 88 && opcode <= 91);
    if (!isStore) {
      skipVectorImmediates(opcode, reader);
      return this.#known.forgetOperands();
    }
    readMemoryArgument(reader, this.#argument);
    if (opcode !== 11) reader.byte();
    this.#effects.stores++;
    if (this.#stores?.needsMark(this.#argument.offset) === true) {
      copyTo(start);
      this.#stores.mark(0xfd, this.#argument.offset);
    }
    this.#known.pop(2);
  }
}

function changesOf({ marks, checks, sizes }: Effects): number {
  return marks + checks + sizes;
}
