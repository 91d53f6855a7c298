import { Pollable, type Readiness } from "../io/poll.ts";
import { Signal } from "../io/signal.ts";
import { fail } from "../wit-error.ts";
import { type ErrorCode, HttpFailure } from "./error-code.ts";
import { type Field, Fields } from "./fields.ts";
import { IncomingBody, type ReceivedBody } from "./incoming-body.ts";

/** A response to a guest's request. */
export interface ReceivedResponse {
  status: number;
  headers: readonly Field[];
  body: ReceivedBody;
}

/** wasi:http/types `incoming-response`. */
export class IncomingResponse {
  readonly #response: ReceivedResponse;
  readonly #cancelled: Promise<never>;
  #isConsumed = false;

  constructor(response: ReceivedResponse, cancelled: Promise<never>) {
    this.#response = response;
    this.#cancelled = cancelled;
  }

  status(): number {
    return this.#response.status;
  }

  headers(): Fields {
    return Fields.immutable(Fields.of(this.#response.headers));
  }

  consume(): IncomingBody {
    if (this.#isConsumed) fail(undefined);
    this.#isConsumed = true;
    return new IncomingBody(this.#response.body, this.#cancelled);
  }

  [Symbol.dispose](): void {
    if (!this.#isConsumed) this.#response.body.discard();
  }
}

type ResponseResult = { tag: "ok"; val: IncomingResponse } | { tag: "err"; val: ErrorCode };

/** wasi:http/types `future-incoming-response`. */
export class FutureIncomingResponse {
  readonly #settled: Settled;
  readonly #cancelled: Promise<never>;
  readonly #abort: () => void;
  #isTaken = false;

  /** `abort` gives up a request whose response nobody waits for. */
  constructor(response: Promise<ReceivedResponse>, abort: () => void, cancelled: Promise<never>) {
    this.#settled = new Settled(response, cancelled);
    this.#cancelled = cancelled;
    this.#abort = abort;
  }

  subscribe(): Pollable {
    return new Pollable(this.#settled, this.#cancelled);
  }

  get(): { tag: "ok"; val: ResponseResult } | { tag: "err" } | undefined {
    const { result } = this.#settled;
    if (result === undefined) return undefined;
    if (this.#isTaken) return { tag: "err" };
    this.#isTaken = true;
    return { tag: "ok", val: result };
  }

  [Symbol.dispose](): void {
    if (!this.#isTaken) this.#abort();
  }
}

class Settled implements Readiness {
  readonly #changed = new Signal();
  result: ResponseResult | undefined;

  constructor(response: Promise<ReceivedResponse>, cancelled: Promise<never>) {
    response.then(
      (received) => this.#settle({ tag: "ok", val: new IncomingResponse(received, cancelled) }),
      (error: unknown) => this.#settle({ tag: "err", val: errorCodeOf(error) }),
    );
  }

  isReady(): boolean {
    return this.result !== undefined;
  }

  whenReady(): Promise<void> {
    return this.#changed.next();
  }

  #settle(result: ResponseResult): void {
    this.result = result;
    this.#changed.notify();
  }
}

function errorCodeOf(error: unknown): ErrorCode {
  if (error instanceof HttpFailure) return error.errorCode;
  return { tag: "internal-error", val: error instanceof Error ? error.message : String(error) };
}
