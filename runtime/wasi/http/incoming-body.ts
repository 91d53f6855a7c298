import type { Readable } from "node:stream";
import { InputStream } from "../io/input-stream.ts";
import { Pollable, type Readiness } from "../io/poll.ts";
import { ReadableSource } from "../io/readable-source.ts";
import { fail } from "../wit-error.ts";
import { type ErrorCode, HttpFailure } from "./error-code.ts";
import { type Field, Fields } from "./fields.ts";

/** A body that a guest may read. */
export interface ReceivedBody {
  readable: Readable;
  /** Known once `readable` has ended. */
  trailers(): readonly Field[];
  /** The guest does not want the rest. */
  discard(): void;
}

/** wasi:http/types `incoming-body`. */
export class IncomingBody {
  readonly #body: ReceivedBody;
  readonly #cancelled: Promise<never>;
  #isStreamTaken = false;
  #isFinished = false;

  constructor(body: ReceivedBody, cancelled: Promise<never>) {
    this.#body = body;
    this.#cancelled = cancelled;
  }

  stream(): InputStream {
    if (this.#isStreamTaken) fail(undefined);
    this.#isStreamTaken = true;
    return new InputStream(new ReadableSource(this.#body.readable), this.#cancelled);
  }

  static finish(body: IncomingBody): FutureTrailers {
    body.#isFinished = true;
    return new FutureTrailers(body.#body, body.#cancelled);
  }

  [Symbol.dispose](): void {
    if (!this.#isFinished) this.#body.discard();
  }
}

type TrailersResult = { tag: "ok"; val: Fields | undefined } | { tag: "err"; val: ErrorCode };

/** wasi:http/types `future-trailers`. */
export class FutureTrailers {
  readonly #body: ReceivedBody;
  readonly #cancelled: Promise<never>;
  readonly #ended: BodyEnd;
  #isTaken = false;

  constructor(body: ReceivedBody, cancelled: Promise<never>) {
    this.#body = body;
    this.#cancelled = cancelled;
    this.#ended = new BodyEnd(body.readable);
  }

  subscribe(): Pollable {
    return new Pollable(this.#ended, this.#cancelled);
  }

  get(): { tag: "ok"; val: TrailersResult } | { tag: "err" } | undefined {
    if (!this.#ended.isReady()) return undefined;
    if (this.#isTaken) return { tag: "err" };
    this.#isTaken = true;
    return { tag: "ok", val: this.#result() };
  }

  [Symbol.dispose](): void {
    if (!this.#ended.isReady()) this.#body.discard();
  }

  #result(): TrailersResult {
    const { readable } = this.#body;
    if (!readable.readableEnded) {
      const { errored } = readable;
      return {
        tag: "err",
        val: errored instanceof HttpFailure ? errored.errorCode : { tag: "connection-terminated" },
      };
    }
    const trailers = this.#body.trailers();
    return { tag: "ok", val: trailers.length === 0 ? undefined : Fields.of(trailers) };
  }
}

/** Ready when a stream is over; reads on and forgets what the guest left unread. */
class BodyEnd implements Readiness {
  readonly #readable: Readable;
  readonly #whenEnded: Promise<void>;

  constructor(readable: Readable) {
    this.#readable = readable;
    this.#whenEnded = new Promise((resolve) => {
      readable.once("end", resolve);
      readable.once("error", () => resolve());
      readable.once("close", resolve);
    });
    readable.removeAllListeners("readable");
    readable.resume();
  }

  isReady(): boolean {
    return this.#readable.readableEnded || this.#readable.errored !== null || this.#readable.destroyed;
  }

  whenReady(): Promise<void> {
    return this.#whenEnded;
  }
}
