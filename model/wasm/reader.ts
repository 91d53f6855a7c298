import { SpinError } from "../errors/index.ts";

// A byte order mark belongs to a name like any other character.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads the primitive values of WebAssembly binaries, within bounds; anything else is ERR_SPIN_WASM_MALFORMED. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  offset: number;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.offset = offset;
    this.#end = end;
  }

  get isAtEnd(): boolean {
    return this.offset >= this.#end;
  }

  /** Bytes that were not read yet. */
  get left(): number {
    return this.#end - this.offset;
  }

  byte(): number {
    if (this.isAtEnd) throw this.malformed("ends too early");
    return this.#bytes[this.offset++] ?? 0;
  }

  /** Unsigned LEB128 of at most 32 bits. */
  u32(): number {
    const first = this.byte();
    // Nearly all numbers in code.
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    throw this.malformed("has a number of more than 32 bits");
  }

  /** Unsigned LEB128 of at most 64 bits; above 2^53 the nearest number there is. */
  u64(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let shift = 7; shift < 70; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) {
        if (shift === 63 && byte > 1) break;
        return value;
      }
    }
    throw this.malformed("has a number of more than 64 bits");
  }

  /** Skips a LEB128 number of at most 64 bits, signed or not. */
  skipNumber(): void {
    for (let length = 1; length <= 10; length++) if ((this.byte() & 0x80) === 0) return;
    throw this.malformed("has a number of more than 64 bits");
  }

  /** A number that counts things which take at least one byte each. */
  count(): number {
    const count = this.u32();
    if (count > this.left) throw this.malformed("announces more entries than it has bytes");
    return count;
  }

  name(): string {
    const bytes = this.slice(this.u32());
    try {
      return utf8.decode(bytes);
    } catch {
      throw this.malformed("has a name that is no UTF-8");
    }
  }

  slice(size: number): Uint8Array {
    const start = this.#advance(size);
    return this.#bytes.subarray(start, start + size);
  }

  /** A reader of the next `size` bytes, which this one skips. */
  section(size: number): Reader {
    const start = this.#advance(size);
    return new Reader(this.#bytes, start, start + size);
  }

  /** A section holds what it announces and nothing more. */
  expectEnd(): void {
    if (!this.isAtEnd) throw this.malformed("has bytes left over in a section");
  }

  malformed(problem: string): SpinError {
    return new SpinError(
      "ERR_SPIN_WASM_MALFORMED",
      `The WebAssembly binary ${problem} (at byte ${this.offset}).`,
    );
  }

  #advance(size: number): number {
    if (size > this.left) throw this.malformed("ends too early");
    const start = this.offset;
    this.offset += size;
    return start;
  }
}
