import type { Readable } from "node:stream";
import type { ByteSource } from "./input-stream.ts";
import { Signal } from "./signal.ts";

/** A Node stream as a byte source: it is read only as fast as the guest reads. */
export class ReadableSource implements ByteSource {
  readonly #readable: Readable;
  readonly #signal = new Signal();
  #rest: Uint8Array | undefined;
  #hasEnded: boolean;
  #error: Error | undefined;

  constructor(readable: Readable) {
    this.#readable = readable;
    this.#hasEnded = readable.readableEnded;
    this.#error = readable.errored ?? undefined;
    const notify = () => this.#signal.notify();
    readable.on("readable", () => {
      // Node says "end" only to who reads on after the last byte.
      if (readable.readableLength === 0) readable.read();
      notify();
    });
    readable.on("end", () => {
      this.#hasEnded = true;
      notify();
    });
    readable.on("error", (error: Error) => {
      this.#error = error;
      notify();
    });
    readable.on("close", () => {
      if (!this.#hasEnded)
        this.#error ??= new Error("the connection was closed before the body was complete");
      notify();
    });
  }

  isReady(): boolean {
    return (
      this.#rest !== undefined ||
      this.#hasEnded ||
      this.#error !== undefined ||
      this.#readable.readableLength > 0
    );
  }

  whenReady(): Promise<void> {
    return this.#signal.next();
  }

  read(length: number): Uint8Array | undefined {
    if (length === 0) return new Uint8Array();
    const bytes = this.#rest ?? this.#take();
    if (bytes === undefined) {
      if (this.#error !== undefined) throw this.#error;
      return this.#hasEnded ? undefined : new Uint8Array();
    }
    this.#rest = bytes.length > length ? bytes.subarray(length) : undefined;
    return bytes.length > length ? bytes.subarray(0, length) : bytes;
  }

  cancel(): void {
    this.#rest = undefined;
  }

  #take(): Uint8Array | undefined {
    const bytes = this.#readable.read() as Uint8Array | null;
    return bytes === null || bytes.length === 0 ? undefined : bytes;
  }
}
