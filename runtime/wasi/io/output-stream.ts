import { fail, Trap } from "../wit-error.ts";
import { IoError } from "./error.ts";
import type { InputStream } from "./input-stream.ts";
import { Pollable, type Readiness, wait } from "./poll.ts";

/** Where an output stream's bytes go. Its readiness means that `budget` is above zero, or that it failed. */
export interface ByteSink extends Readiness {
  /** Bytes that `write` takes now. Throws what went wrong; `undefined` when the sink is closed. */
  budget(): number | undefined;
  write(bytes: Uint8Array): void;
  /** Asks for everything written so far to be passed on; until that is done the budget is zero. */
  flush(): void;
  /** The stream is dropped. What was written stays. */
  close(): void;
}

/** Most bytes that the WIT lets one blocking-write-and-flush take. */
const maximumBlockingWrite = 4096n;

/** wasi:io/streams `output-stream`. */
export class OutputStream {
  readonly #sink: ByteSink;
  readonly #cancelled: Promise<never> | undefined;

  constructor(sink: ByteSink, cancelled?: Promise<never>) {
    this.#sink = sink;
    this.#cancelled = cancelled;
  }

  checkWrite(): bigint {
    let budget: number | undefined;
    try {
      budget = this.#sink.budget();
    } catch (cause) {
      fail({ tag: "last-operation-failed", val: new IoError(cause) });
    }
    return budget === undefined ? fail({ tag: "closed" }) : BigInt(budget);
  }

  write(bytes: Uint8Array): void {
    const budget = this.checkWrite();
    if (BigInt(bytes.length) > budget) {
      throw new Trap(`output-stream.write got ${bytes.length} bytes where check-write allowed ${budget}`);
    }
    if (bytes.length === 0) return;
    try {
      this.#sink.write(bytes);
    } catch (cause) {
      fail({ tag: "last-operation-failed", val: new IoError(cause) });
    }
  }

  /** 4096 bytes are what the WIT promises callers; some send more in one call, and other hosts take it. */
  blockingWriteAndFlush(bytes: Uint8Array): Promise<void> | undefined {
    if (!this.#sink.isReady() || BigInt(bytes.length) > this.checkWrite()) return this.#writeInPieces(bytes);
    this.write(bytes);
    return this.blockingFlush();
  }

  flush(): void {
    this.checkWrite();
    this.#sink.flush();
  }

  blockingFlush(): Promise<void> | undefined {
    this.flush();
    if (!this.#sink.isReady()) return wait([this.#sink], this.#cancelled).then(() => void this.checkWrite());
    this.checkWrite();
    return undefined;
  }

  subscribe(): Pollable {
    return new Pollable(this.#sink, this.#cancelled);
  }

  writeZeroes(length: bigint): void {
    const budget = this.checkWrite();
    if (length > budget)
      throw new Trap(`output-stream.write-zeroes got ${length} where check-write allowed ${budget}`);
    this.write(new Uint8Array(Number(length)));
  }

  blockingWriteZeroesAndFlush(length: bigint): Promise<void> | undefined {
    if (length > maximumBlockingWrite) {
      throw new Trap(
        `output-stream.blocking-write-zeroes-and-flush takes at most ${maximumBlockingWrite} bytes`,
      );
    }
    return this.blockingWriteAndFlush(new Uint8Array(Number(length)));
  }

  splice(source: InputStream, length: bigint): bigint {
    const budget = this.checkWrite();
    const bytes = source.read(length < budget ? length : budget);
    this.write(bytes);
    return BigInt(bytes.length);
  }

  async blockingSplice(source: InputStream, length: bigint): Promise<bigint> {
    await wait([this.#sink], this.#cancelled);
    const budget = this.checkWrite();
    const bytes = await source.blockingRead(length < budget ? length : budget);
    this.write(bytes);
    return BigInt(bytes.length);
  }

  [Symbol.dispose](): void {
    this.#sink.close();
  }

  async #writeInPieces(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    do {
      await wait([this.#sink], this.#cancelled);
      const taken = rest.subarray(0, Number(this.checkWrite()));
      this.write(taken);
      rest = rest.subarray(taken.length);
    } while (rest.length > 0);
    await this.blockingFlush();
  }
}
