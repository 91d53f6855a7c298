import { pageBits, pageBytes, slackBytes } from "./mark-map.ts";

/** A memory as it was at one moment. */
export class MemoryImage {
  readonly #bytes: Uint8Array;
  /** Of the memory; the image itself ends where nothing but zeros follows. */
  readonly size: number;

  constructor(memory: Uint8Array) {
    this.size = memory.length;
    this.#bytes = memory.slice(0, endOf(memory));
  }

  /** Bytes that the image itself takes. */
  get heldBytes(): number {
    return this.#bytes.length;
  }

  equals(memory: Uint8Array): boolean {
    const { length } = this.#bytes;
    return (
      memory.length === this.size &&
      Buffer.compare(this.#bytes, memory.subarray(0, length)) === 0 &&
      endOf(memory.subarray(length)) === 0
    );
  }

  /** Writes the image into a memory of its size, whole. */
  restore(memory: Uint8Array): void {
    this.#copy(memory, 0, this.size);
  }

  /** Writes only what `marks` says was written, and takes the marks away. Returns the number of marked pages. */
  restoreMarked(memory: Uint8Array, marks: Int32Array): number {
    let pages = 0;
    let first = -1;
    const count = this.size >> pageBits;
    for (let page = 0; page < count; page += 4) {
      const word = marks[page >> 2] ?? 0;
      if (word === 0 && first < 0) continue;
      for (let inWord = 0; inWord < 4; inWord++) {
        const isMarked = ((word >> (8 * inWord)) & 0xff) !== 0;
        if (isMarked && first < 0) first = page + inWord;
        else if (!isMarked && first >= 0) {
          this.#restoreRun(memory, first, page + inWord);
          pages += page + inWord - first;
          first = -1;
        }
      }
      marks[page >> 2] = 0;
    }
    if (first >= 0) {
      this.#restoreRun(memory, first, count);
      pages += count - first;
    }
    return pages;
  }

  #restoreRun(memory: Uint8Array, first: number, end: number): void {
    this.#copy(memory, first * pageBytes, Math.min(end * pageBytes + slackBytes, this.size));
  }

  #copy(memory: Uint8Array, start: number, end: number): void {
    const held = Math.min(end, this.#bytes.length);
    if (held > start) memory.set(this.#bytes.subarray(start, held), start);
    if (end > held) memory.fill(0, Math.max(held, start), end);
  }
}

/** Where nothing but zeros follows; looked for from the end, eight bytes at a time. */
function endOf(memory: Uint8Array): number {
  let end = memory.length;
  if ((memory.byteOffset + end) % 8 === 0) {
    const words = new Float64Array(memory.buffer, memory.byteOffset + (end % 8), end >> 3);
    let word = words.length;
    while (word > 0 && Object.is(words[word - 1], 0)) word--;
    end = (end % 8) + word * 8;
  }
  while (end > 0 && memory[end - 1] === 0) end--;
  return end;
}
