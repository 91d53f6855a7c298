import { fail } from "../wit-error.ts";
import { type Field, Fields } from "./fields.ts";
import { IncomingBody, type ReceivedBody } from "./incoming-body.ts";
import { type Method, parseMethod } from "./method.ts";

/** A request as a guest is to see it. */
export interface ReceivedRequest {
  method: string;
  pathWithQuery: string;
  authority: string;
  headers: readonly Field[];
  body: ReceivedBody;
}

/** wasi:http/types `incoming-request`. */
export class IncomingRequest {
  readonly #request: ReceivedRequest;
  readonly #cancelled: Promise<never>;
  #isConsumed = false;

  constructor(request: ReceivedRequest, cancelled: Promise<never>) {
    this.#request = request;
    this.#cancelled = cancelled;
  }

  method(): Method {
    return parseMethod(this.#request.method);
  }

  pathWithQuery(): string {
    return this.#request.pathWithQuery;
  }

  /** As Spin does it: HTTP, whatever the listener speaks. */
  scheme(): { tag: "HTTP" } {
    return { tag: "HTTP" };
  }

  authority(): string {
    return this.#request.authority;
  }

  headers(): Fields {
    return Fields.immutable(Fields.of(this.#request.headers));
  }

  consume(): IncomingBody {
    if (this.#isConsumed) fail(undefined);
    this.#isConsumed = true;
    return new IncomingBody(this.#request.body, this.#cancelled);
  }
}
