/**
 * One HTTP request and its answer, over connections that are kept open. No redirects, no credentials, no second attempt. On
 * Node's own client: loading undici takes as long as pushing an application that is there already.
 */
import {
  Agent as PlainAgent,
  type ClientRequest,
  type IncomingMessage,
  request as requestPlain,
} from "node:http";
import { Agent as TlsAgent, request as requestTls } from "node:https";
import { rootCertificates } from "node:tls";
import { isSpinError } from "../../model/errors/index.ts";
import { connectionFailure, statusFailure } from "./failure.ts";
import { limitTimes, type TimeLimits } from "./time-limits.ts";

export interface Body {
  sizeBytes: number;
  /** Called once for each attempt. A chunk may be used again for the next one: it has left by then. */
  open(): AsyncIterable<Uint8Array> | Uint8Array;
}

export interface ExchangeRequest {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: URL;
  headers?: Record<string, string>;
  body?: Body;
  signal?: AbortSignal;
}

export interface Answer {
  method: string;
  /** Where it came from, after redirects. */
  url: URL;
  status: number;
  header(name: string): string | undefined;
  body: IncomingMessage;
}

export interface Exchange {
  send(request: ExchangeRequest): Promise<Answer>;
  close(): void;
}

export interface ExchangeOptions {
  /** PEM of authorities that are trusted besides the usual ones. */
  ca?: string;
  timeLimits?: TimeLimits;
}

/** Of an answer this much is held while its reader is busy; with less, connections are stopped and started all the time. */
const readableHighWaterMark = 256 * 1024;

export function createExchange({ ca, timeLimits }: ExchangeOptions = {}): Exchange {
  const kept = { keepAlive: true, readableHighWaterMark };
  const plain = new PlainAgent(kept);
  const tls = new TlsAgent({ ...kept, ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }) });
  return {
    async send(request) {
      const { method, url, signal } = request;
      try {
        const agent = url.protocol === "https:" ? tls : plain;
        const body = await exchange(request, agent, timeLimits);
        const header = (name: string): string | undefined => {
          const value = body.headers[name];
          return Array.isArray(value) ? value.join(", ") : value;
        };
        return { method, url, status: body.statusCode ?? 0, header, body };
      } catch (error) {
        if (signal?.aborted === true) throw signal.reason;
        // What is to be sent may come from elsewhere, and fail there.
        throw isSpinError(error) ? error : connectionFailure(method, url, error);
      }
    },
    close() {
      plain.destroy();
      tls.destroy();
    },
  };
}

function exchange(
  { method, url, headers = {}, body, signal }: ExchangeRequest,
  agent: PlainAgent,
  timeLimits: TimeLimits | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestTls : requestPlain;
    const request = send(url, {
      agent,
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-length": body.sizeBytes }) },
      ...(signal === undefined ? {} : { signal }),
    });
    limitTimes(request, timeLimits);
    request.once("response", (answer) => {
      resolve(answer);
      // A registry may say no to the first bytes; the others are not sent then.
      answer.once("close", () => {
        if (!request.writableFinished) request.destroy();
      });
    });
    request.on("error", reject);
    const source = body?.open();
    if (source === undefined || source instanceof Uint8Array) request.end(source);
    else sendAll(request, source).catch((error: unknown) => request.destroy(error as Error));
  });
}

async function sendAll(request: ClientRequest, source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of source) {
    await new Promise<void>((resolve, reject) => {
      request.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }
  request.end();
}

/** The whole body; reads no more than the limit, and `undefined` when there is more. */
export async function readBody(
  { method, url, body }: Answer,
  limitBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) {
        body.destroy();
        return undefined;
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw connectionFailure(method, url, error);
  }
  return Buffer.concat(chunks);
}

const discardedBytes = 64 * 1024;

/** Lets go of a body that nobody reads: small ones are drained, so that the connection stays. */
export async function discard(answer: Answer): Promise<void> {
  await readBody(answer, discardedBytes).catch(() => undefined);
}

const errorBodyLimitBytes = 64 * 1024;

/** The failure that an unexpected answer is. */
export async function failureOf(answer: Answer): Promise<Error> {
  const { method, url, status } = answer;
  const body = await readBody(answer, errorBodyLimitBytes).catch(() => undefined);
  return statusFailure({
    method,
    url,
    status,
    retryAfter: answer.header("retry-after"),
    body: body?.toString("utf8") ?? "",
  });
}
