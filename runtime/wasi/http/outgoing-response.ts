import { fail } from "../wit-error.ts";
import { contentLength } from "./content-length.ts";
import type { ErrorCode } from "./error-code.ts";
import { type Field, Fields } from "./fields.ts";
import { OutgoingBody } from "./outgoing-body.ts";
import { Pipe } from "./pipe.ts";

/** A response as a guest made it. */
export interface GuestResponse {
  status: number;
  headers: readonly Field[];
  /** Absent when the guest never asked for the body: then it is empty. */
  body: Pipe | undefined;
}

/** wasi:http/types `outgoing-response`. */
export class OutgoingResponse {
  readonly #headers: Fields;
  readonly #cancelled: Promise<never>;
  #status = 200;
  #body: Pipe | undefined;

  constructor(headers: Fields, cancelled: Promise<never>) {
    this.#headers = Fields.immutable(headers);
    this.#cancelled = cancelled;
  }

  static take(response: OutgoingResponse): GuestResponse {
    return {
      status: response.#status,
      headers: Fields.entriesOf(response.#headers),
      body: response.#body,
    };
  }

  statusCode(): number {
    return this.#status;
  }

  setStatusCode(status: number): void {
    if (status < 100 || status > 999) fail(undefined);
    this.#status = status;
  }

  headers(): Fields {
    return Fields.immutable(this.#headers);
  }

  body(): OutgoingBody {
    if (this.#body !== undefined) fail(undefined);
    this.#body = new Pipe();
    return new OutgoingBody(this.#body, "response", contentLength(this.#headers), this.#cancelled);
  }
}

export type ResponseOutcome = { tag: "ok"; val: GuestResponse } | { tag: "err"; val: ErrorCode };

/** wasi:http/types `response-outparam`. */
export class ResponseOutparam {
  readonly #settle: (outcome: ResponseOutcome) => void;

  constructor(settle: (outcome: ResponseOutcome) => void) {
    this.#settle = settle;
  }

  static set(
    outparam: ResponseOutparam,
    response: { tag: "ok"; val: OutgoingResponse } | { tag: "err"; val: ErrorCode },
  ): void {
    outparam.#settle(
      response.tag === "ok" ? { tag: "ok", val: OutgoingResponse.take(response.val) } : response,
    );
  }
}
