import { type ByteSink, OutputStream } from "../io/output-stream.ts";
import { fail } from "../wit-error.ts";
import { HttpFailure } from "./error-code.ts";
import { Fields } from "./fields.ts";
import type { Pipe } from "./pipe.ts";

/** Says in an error code which message's body has the wrong size. */
export type BodyOwner = "request" | "response";

/** wasi:http/types `outgoing-body`. */
export class OutgoingBody {
  readonly #pipe: Pipe;
  readonly #sink: MeasuredSink;
  readonly #cancelled: Promise<never>;
  #isStreamTaken = false;

  /** `length` is what the message's content-length says, if it says anything. */
  constructor(pipe: Pipe, owner: BodyOwner, length: number | undefined, cancelled: Promise<never>) {
    this.#pipe = pipe;
    this.#sink = new MeasuredSink(pipe, owner, length);
    this.#cancelled = cancelled;
  }

  write(): OutputStream {
    if (this.#isStreamTaken) fail(undefined);
    this.#isStreamTaken = true;
    return new OutputStream(this.#sink, this.#cancelled);
  }

  static finish(body: OutgoingBody, trailers: Fields | undefined): void {
    const failure = body.#sink.sizeFailure();
    if (failure !== undefined && body.#sink.isShort()) body.#pipe.abort(failure);
    body.#pipe.end(trailers === undefined ? [] : Fields.entriesOf(trailers));
    if (failure !== undefined) fail(failure.errorCode);
  }

  [Symbol.dispose](): void {
    // Without `finish` the body is incomplete, and the peer must be able to tell.
    this.#pipe.abort(new Error("the guest dropped a body without finishing it"));
  }
}

/** Holds a body to its content-length: what goes beyond is not sent and fails. */
class MeasuredSink implements ByteSink {
  readonly #pipe: Pipe;
  readonly #owner: BodyOwner;
  readonly #length: number | undefined;
  #written = 0;

  constructor(pipe: Pipe, owner: BodyOwner, length: number | undefined) {
    this.#pipe = pipe;
    this.#owner = owner;
    this.#length = length;
  }

  isReady(): boolean {
    return this.#pipe.isReady();
  }

  whenReady(): Promise<void> {
    return this.#pipe.whenReady();
  }

  budget(): number | undefined {
    return this.#pipe.budget();
  }

  write(bytes: Uint8Array): void {
    const left = this.#length === undefined ? bytes.length : Math.max(0, this.#length - this.#written);
    this.#written += bytes.length;
    if (left > 0) this.#pipe.write(bytes.length > left ? bytes.subarray(0, left) : bytes);
    if (bytes.length > left) throw this.sizeFailure();
  }

  flush(): void {
    this.#pipe.flush();
  }

  close(): void {
    this.#pipe.close();
  }

  isShort(): boolean {
    return this.#length !== undefined && this.#written < this.#length;
  }

  sizeFailure(): HttpFailure | undefined {
    if (this.#length === undefined || this.#written === this.#length) return undefined;
    return new HttpFailure({ tag: `HTTP-${this.#owner}-body-size`, val: BigInt(this.#written) });
  }
}
