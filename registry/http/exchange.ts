/** One HTTP request and its answer, over connections that are kept open. No redirects, no credentials, no second attempt. */
import { rootCertificates } from "node:tls";
import type { Readable } from "node:stream";
import { Agent, type Dispatcher } from "undici";
import { connectionFailure, statusFailure } from "./failure.ts";

export interface Body {
  sizeBytes: number;
  /** Called once for each attempt. */
  open(): Readable | Uint8Array;
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
  body: Dispatcher.ResponseData["body"];
}

export interface Exchange {
  send(request: ExchangeRequest): Promise<Answer>;
  /** Reads a body that must not be larger. */
  close(): Promise<void>;
}

const connectTimeoutMs = 15_000;
/** A registry that stores far away takes its time to say that a blob is complete. */
const headersTimeoutMs = 300_000;
const bodyTimeoutMs = 60_000;

export interface ExchangeOptions {
  /** PEM of authorities that are trusted besides the usual ones. */
  ca?: string;
}

export function createExchange({ ca }: ExchangeOptions = {}): Exchange {
  const agent = new Agent({
    connect: {
      timeout: connectTimeoutMs,
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    },
    headersTimeout: headersTimeoutMs,
    bodyTimeout: bodyTimeoutMs,
  });
  return {
    async send({ method, url, headers = {}, body, signal }) {
      try {
        const response = await agent.request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers: {
            ...headers,
            ...(body === undefined ? {} : { "content-length": String(body.sizeBytes) }),
          },
          ...(body === undefined ? {} : { body: body.open() }),
          ...(signal === undefined ? {} : { signal }),
        });
        const header = (name: string): string | undefined => {
          const value = response.headers[name];
          return Array.isArray(value) ? value.join(", ") : value;
        };
        return { method, url, status: response.statusCode, header, body: response.body };
      } catch (error) {
        if (signal?.aborted === true) throw signal.reason;
        throw connectionFailure(method, url, error);
      }
    },
    close: () => agent.destroy(),
  };
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

/** Lets go of a body that nobody reads: small ones are drained, so that the connection stays. */
export async function discard({ body }: Answer): Promise<void> {
  await body.dump({ limit: 64 * 1024 }).catch(() => undefined);
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
