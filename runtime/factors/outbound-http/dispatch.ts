import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { HttpFailure } from "../../wasi/http/error-code.ts";
import { type Field, isForbiddenField } from "../../wasi/http/fields.ts";
import type { ReceivedResponse } from "../../wasi/http/incoming-response.ts";
import type { Pipe } from "../../wasi/http/pipe.ts";
import { httpFailure } from "./error-code.ts";
import { ResponseBody } from "./response-body.ts";

export interface NetworkRequest {
  method: string;
  /** `http://example.com:8080` */
  origin: string;
  path: string;
  headers: readonly Field[];
  body: Pipe | undefined;
  connectTimeoutMs: number;
  firstByteTimeoutMs: number;
  betweenBytesTimeoutMs: number;
}

/** Sends a request over the network. Never follows a redirect, decodes nothing. Rejects with `HttpFailure`. */
export function dispatch(
  dispatcher: Dispatcher,
  request: NetworkRequest,
  signal: AbortSignal,
): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new HttpFailure({ tag: "connection-terminated" }));
    const exchange = new Exchange(request, signal, resolve, reject);
    try {
      dispatcher.dispatch(
        {
          origin: request.origin,
          path: request.path,
          method: request.method,
          headers: request.headers.flatMap(([name, value]) => [name, Buffer.from(value).toString("latin1")]),
          body: request.body === undefined ? null : Readable.from(request.body, { objectMode: false }),
          headersTimeout: request.firstByteTimeoutMs,
          bodyTimeout: request.betweenBytesTimeoutMs,
        },
        exchange,
      );
    } catch (error) {
      exchange.onResponseError(undefined, error as Error);
    }
  });
}

/** One request and its response, as undici reports them. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: NetworkRequest;
  readonly #resolve: (response: ReceivedResponse) => void;
  readonly #reject: (error: HttpFailure) => void;
  readonly #connectTimer: NodeJS.Timeout;
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.#giveUp({ tag: "connection-terminated" });
  #controller: Dispatcher.DispatchController | undefined;
  #failure: HttpFailure | undefined;
  #body: ResponseBody | undefined;

  constructor(
    request: NetworkRequest,
    signal: AbortSignal,
    resolve: (response: ReceivedResponse) => void,
    reject: (error: HttpFailure) => void,
  ) {
    this.#request = request;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener("abort", this.#onAbort, { once: true });
    // undici has one connect timeout for all requests of an agent; this one is the request's own.
    this.#connectTimer = setTimeout(
      () => this.#giveUp({ tag: "connection-timeout" }),
      request.connectTimeoutMs,
    );
    this.#connectTimer.unref();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    clearTimeout(this.#connectTimer);
    this.#controller = controller;
    if (this.#failure !== undefined) controller.abort(this.#failure);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return;
    const body = (this.#body = new ResponseBody(controller));
    const headers = fieldsOf(controller.rawHeaders);
    this.#resolve({
      status,
      headers,
      body: { readable: body, trailers: () => body.trailers, discard: () => body.destroy() },
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#body?.push(chunk) === false) controller.pause();
  }

  onResponseEnd(controller: Dispatcher.DispatchController): void {
    this.#finish();
    if (this.#body === undefined) return;
    this.#body.trailers = fieldsOf(controller.rawTrailers);
    this.#body.complete();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#finish();
    const failure = this.#failure ?? httpFailure(error);
    this.#request.body?.cancel();
    if (this.#body === undefined) this.#reject(failure);
    else this.#body.destroy(failure);
  }

  #giveUp(errorCode: HttpFailure["errorCode"]): void {
    this.#failure = new HttpFailure(errorCode);
    this.#finish();
    if (this.#controller === undefined) {
      this.#request.body?.cancel();
      this.#reject(this.#failure);
    } else {
      this.#controller.abort(this.#failure);
    }
  }

  #finish(): void {
    clearTimeout(this.#connectTimer);
    this.#signal.removeEventListener("abort", this.#onAbort);
  }
}

function fieldsOf(raw: Dispatcher.DispatchController["rawHeaders"]): Field[] {
  if (!Array.isArray(raw)) return [];
  const fields: Field[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = Buffer.from(raw[index] ?? "")
      .toString("latin1")
      .toLowerCase();
    if (!isForbiddenField(name)) fields.push([name, Buffer.from(raw[index + 1] ?? "")]);
  }
  return fields;
}
