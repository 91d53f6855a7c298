import type { CoreMemory } from "./core-objects.ts";
import { mapBytes, pageBits, unusedOffset } from "./mark-map.ts";
import { MemoryImage } from "./memory-image.ts";

/** A memory of an instance, with its marks where there are any, and its image once it was captured. */
export class TrackedMemory {
  readonly #memory: CoreMemory;
  readonly marks: CoreMemory | undefined;
  readonly #words: Int32Array | undefined;
  readonly #pages: Uint8Array | undefined;
  readonly #unused: Int32Array | undefined;
  #capturedUnused = 0;
  #bytes: Uint8Array = new Uint8Array();
  #image: MemoryImage | undefined;

  constructor(memory: CoreMemory, marks: CoreMemory | undefined) {
    this.#memory = memory;
    this.marks = marks;
    if (marks === undefined) return;
    this.#words = new Int32Array(marks.buffer, 0, mapBytes / 4);
    this.#pages = new Uint8Array(marks.buffer, 0, mapBytes);
    this.#unused = new Int32Array(marks.buffer, unusedOffset, 1);
  }

  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  get hasGrown(): boolean {
    return this.#memory.buffer.byteLength !== this.#bytes.length;
  }

  /** The image of how the memory is now: `like` when that is equal, so that instances share one. */
  capture(like: MemoryImage | undefined): MemoryImage {
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#image = like?.equals(this.#bytes) === true ? like : new MemoryImage(this.#bytes);
    this.#capturedUnused = this.#unused?.[0] ?? 0;
    this.#words?.fill(0, 0, Math.ceil((this.#bytes.length >> pageBits) / 4));
    return this.#image;
  }

  /** Somebody grows it who does not know of unused pages: there are none from now on. */
  useAll(): void {
    if (this.#unused !== undefined) this.#unused[0] = 0;
  }

  /** Of a memory that has not grown. */
  restore(onlyMarked: boolean): void {
    if (this.#unused !== undefined) this.#unused[0] = this.#capturedUnused;
    if (onlyMarked && this.#words !== undefined) this.#image?.restoreMarked(this.#bytes, this.#words);
    else this.#image?.restore(this.#bytes);
  }

  isAsCaptured(): boolean {
    return this.#image?.equals(new Uint8Array(this.#memory.buffer)) === true;
  }

  /** The host wrote these bytes. */
  markWritten(address: number, length: number): void {
    if (this.#pages === undefined || length === 0) return;
    const last = (address + length - 1) >>> pageBits;
    for (let page = address >>> pageBits; page <= last; page++) this.#pages[page] = 1;
  }
}
