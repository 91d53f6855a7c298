import { Dispatcher } from "undici";

/** Answers an outgoing request of a component in place of the network; `undefined` lets it through. */
export type Outbound = (request: Request) => Response | undefined | Promise<Response | undefined>;

/** An outgoing request between threads. */
export interface PlainRequest {
  method: string;
  url: string;
  headers: [string, string][];
  body: Uint8Array | undefined;
}

/** An answer between threads. */
export interface PlainResponse {
  status: number;
  headers: [string, string][];
  body: Uint8Array;
}

/** Has the test answer a request. */
export async function answerOutbound(
  outbound: Outbound,
  { method, url, headers, body }: PlainRequest,
): Promise<PlainResponse | undefined> {
  const request = new Request(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  const response = await outbound(request);
  if (response === undefined) return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: [...response.headers], body: bytes };
}

/** Puts outgoing requests to `answer` first, and sends into the network what that leaves. */
export class OutboundDispatcher extends Dispatcher {
  readonly #answer: (request: PlainRequest) => Promise<PlainResponse | undefined>;
  readonly #network: Dispatcher;

  constructor(answer: (request: PlainRequest) => Promise<PlainResponse | undefined>, network: Dispatcher) {
    super();
    this.#answer = answer;
    this.#network = network;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const exchange = new Exchange(handler);
    this.#exchange(options, exchange, handler).catch((error: Error) => exchange.fail(error));
    return true;
  }

  override async close(): Promise<void> {
    await this.#network.close();
  }

  override async destroy(): Promise<void> {
    await this.#network.destroy();
  }

  async #exchange(
    options: Dispatcher.DispatchOptions,
    exchange: Exchange,
    handler: Dispatcher.DispatchHandler,
  ): Promise<void> {
    const body = await bytesOf(options.body);
    const url = new URL(options.path, options.origin).href;
    const mayHaveBody = options.method !== "GET" && options.method !== "HEAD";
    const response = await this.#answer({
      method: options.method,
      url,
      headers: pairsOf(options.headers as string[]),
      body: mayHaveBody ? body : undefined,
    });
    if (response === undefined) this.#network.dispatch({ ...options, body: body ?? null }, handler);
    else exchange.send(response);
  }
}

/** One answer, told to undici's handler as the network would. It is small and whole: pausing has no effect. */
class Exchange implements Dispatcher.DispatchController {
  aborted = false;
  readonly paused = false;
  reason: Error | null = null;
  rawHeaders: string[] = [];
  readonly rawTrailers: string[] = [];
  readonly #handler: Dispatcher.DispatchHandler;

  constructor(handler: Dispatcher.DispatchHandler) {
    this.#handler = handler;
  }

  send({ status, headers, body }: PlainResponse): void {
    this.#handler.onRequestStart?.(this, {});
    if (this.aborted) return;
    this.rawHeaders = headers.flat();
    this.#handler.onResponseStart?.(this, status, Object.fromEntries(headers));
    this.#handler.onResponseData?.(this, Buffer.from(body));
    if (!this.aborted) this.#handler.onResponseEnd?.(this, {});
  }

  fail(error: Error): void {
    if (!this.aborted) this.#handler.onResponseError?.(this, error);
  }

  abort(reason: Error): void {
    this.fail(reason);
    this.aborted = true;
    this.reason = reason;
  }

  pause(): void {}

  resume(): void {}
}

function pairsOf(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[2 * index] ?? "",
    flat[2 * index + 1] ?? "",
  ]);
}

async function bytesOf(body: Dispatcher.DispatchOptions["body"]): Promise<Buffer | undefined> {
  if (body === null || body === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
