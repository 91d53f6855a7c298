import { fail } from "../wit-error.ts";
import { IoError } from "./error.ts";
import { Pollable, type Readiness, wait } from "./poll.ts";

/** Where an input stream's bytes come from. */
export interface ByteSource extends Readiness {
  /** Up to `length` bytes; empty when there are none yet; `undefined` at the end. Throws what went wrong. */
  read(length: number): Uint8Array | undefined;
  /** Nobody will read on. */
  cancel(): void;
}

export const emptySource: ByteSource = {
  isReady: () => true,
  whenReady: () => Promise.resolve(),
  read: () => undefined,
  cancel: () => {},
};

/** Most bytes that one read returns, whatever the guest asks for. */
const maximumRead = 65_536;

/** wasi:io/streams `input-stream`. */
export class InputStream {
  readonly #source: ByteSource;
  readonly #cancelled: Promise<never> | undefined;

  constructor(source: ByteSource, cancelled?: Promise<never>) {
    this.#source = source;
    this.#cancelled = cancelled;
  }

  read(length: bigint): Uint8Array {
    const most = length > maximumRead ? maximumRead : Number(length);
    let bytes: Uint8Array | undefined;
    try {
      bytes = this.#source.read(most);
    } catch (cause) {
      fail({ tag: "last-operation-failed", val: new IoError(cause) });
    }
    return bytes ?? fail({ tag: "closed" });
  }

  blockingRead(length: bigint): Uint8Array | Promise<Uint8Array> {
    if (length === 0n || this.#source.isReady()) return this.read(length);
    return wait([this.#source], this.#cancelled).then(() => this.read(length));
  }

  skip(length: bigint): bigint {
    return BigInt(this.read(length).length);
  }

  blockingSkip(length: bigint): bigint | Promise<bigint> {
    const bytes = this.blockingRead(length);
    return bytes instanceof Uint8Array ? BigInt(bytes.length) : bytes.then((read) => BigInt(read.length));
  }

  subscribe(): Pollable {
    return new Pollable(this.#source, this.#cancelled);
  }

  [Symbol.dispose](): void {
    this.#source.cancel();
  }
}
