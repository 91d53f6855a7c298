import type { ByteSink } from "../io/output-stream.ts";
import { Signal } from "../io/signal.ts";
import type { Field } from "./fields.ts";

/** Bytes that wait between a guest that writes a body and whoever reads it. */
const capacityBytes = 65_536;

/** A body on its way out of a guest: bounded, so that a guest that writes faster than the client reads has to wait. */
export class Pipe implements ByteSink {
  readonly #changed = new Signal();
  #chunks: Uint8Array[] = [];
  #buffered = 0;
  #hasReader = false;
  #isFlushing = false;
  #isReaderGone = false;
  #hasEnded = false;
  #trailers: readonly Field[] = [];
  #error: Error | undefined;

  isReady(): boolean {
    return this.#error !== undefined || this.#isReaderGone || this.#remaining() > 0;
  }

  whenReady(): Promise<void> {
    return this.#changed.next();
  }

  budget(): number | undefined {
    if (this.#error !== undefined) throw this.#error;
    return this.#isReaderGone || this.#hasEnded ? undefined : this.#remaining();
  }

  write(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#buffered += bytes.length;
    this.#changed.notify();
  }

  /** Without a reader there is nobody to flush to: the guest may write its first bytes before it hands out the response. */
  flush(): void {
    this.#isFlushing = this.#hasReader && this.#buffered > 0;
  }

  /** A dropped stream does not end the body: that is what `end` and `abort` are for. */
  close(): void {}

  /** The body is complete. */
  end(trailers: readonly Field[] = []): void {
    this.#hasEnded = true;
    this.#trailers = trailers;
    this.#changed.notify();
  }

  /** The body stays incomplete; whoever reads it meets `error`. Nothing happens after `end`. */
  abort(error: Error): void {
    if (this.#hasEnded) return;
    this.#error ??= error;
    this.#changed.notify();
  }

  /** The reader stops: the guest finds its stream closed. */
  cancel(): void {
    this.#isReaderGone = true;
    this.#chunks = [];
    this.#buffered = 0;
    this.#changed.notify();
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Trailers, once all chunks were read. */
  get trailers(): readonly Field[] {
    return this.#trailers;
  }

  /** All of a body that is complete, has no trailers and was not read yet; else `undefined`, and nothing is taken. */
  takeWhole(): Uint8Array | undefined {
    const isWhole = this.#hasEnded && !this.#hasReader && !this.#isReaderGone && this.#error === undefined;
    if (!isWhole || this.#trailers.length > 0) return undefined;
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.cancel();
    return bytes;
  }

  /** The bytes that wait, as they were written; `undefined` after the last. Throws the error of `abort`. */
  async read(): Promise<Uint8Array | undefined> {
    this.#hasReader = true;
    while (this.#chunks.length === 0) {
      if (this.#error !== undefined) throw this.#error;
      if (this.#hasEnded || this.#isReaderGone) return undefined;
      await this.#changed.next();
    }
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#buffered = 0;
    this.#isFlushing = false;
    this.#changed.notify();
    return bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      for (let bytes = await this.read(); bytes !== undefined; bytes = await this.read()) yield bytes;
    } finally {
      this.cancel();
    }
  }

  #remaining(): number {
    return this.#isFlushing ? 0 : Math.max(0, capacityBytes - this.#buffered);
  }
}
