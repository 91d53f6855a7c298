import type { IncomingMessage } from "node:http";
import { type Readable, Transform } from "node:stream";
import { type Field, isForbiddenField } from "../../wasi/http/fields.ts";
import type { ReceivedBody } from "../../wasi/http/incoming-body.ts";

/**
 * The client's headers as a guest may see them: not what belongs to the connection or to the host. A client's own `spin-*` headers are dropped, so that a guest can trust
 * them; real Spin lets them pass in front of its own.
 */
export function guestHeaders(rawHeaders: readonly string[]): Field[] {
  return fields(rawHeaders).filter(([name]) => !isForbiddenField(name) && !name.startsWith("spin-"));
}

/** The body of a request; reading one without a length fails beyond the limit. Discarding it reads it to the end: the connection may carry another request. */
export function requestBody(request: IncomingMessage, limitBytes = Number.POSITIVE_INFINITY): ReceivedBody {
  const hasLength = request.headers["content-length"] !== undefined;
  return {
    readable: hasLength || limitBytes === Number.POSITIVE_INFINITY ? request : limited(request, limitBytes),
    trailers: () => fields(request.rawTrailers),
    discard: () => {
      request.removeAllListeners("readable");
      request.resume();
    },
  };
}

function limited(request: IncomingMessage, limitBytes: number): Readable {
  let seen = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      seen += chunk.length;
      if (seen > limitBytes) done(new Error(`the body is larger than ${limitBytes} bytes`));
      else done(null, chunk);
    },
  });
  counted.on("error", () => {});
  request.on("error", (error) => counted.destroy(error));
  return request.pipe(counted);
}

export interface Target {
  authority: string;
  /** With the query. */
  pathWithQuery: string;
}

/** Where a request is addressed to; `undefined` when Host and an absolute target are absent or contradict each other. */
export function requestTarget(url: string, rawHeaders: readonly string[]): Target | undefined {
  const hosts = fields(rawHeaders).filter(([name]) => name === "host");
  const host = hosts.length === 1 ? Buffer.from(hosts[0]?.[1] ?? "").toString("latin1") : undefined;
  if (hosts.length > 1 || host === "" || (host !== undefined && !isAuthority(host))) return undefined;
  const absolute = /^https?:\/\/([^/?#]+)(.*)$/i.exec(url);
  const authority = absolute?.[1] ?? host;
  if (authority === undefined || (host !== undefined && host !== authority)) return undefined;
  // A component's internal name is for calls inside the app.
  if (/\.spin\.internal(:\d*)?$/i.test(authority)) return undefined;
  const pathWithQuery = absolute === null ? url : absolute[2] || "/";
  return { authority, pathWithQuery: pathWithQuery.startsWith("?") ? `/${pathWithQuery}` : pathWithQuery };
}

function isAuthority(text: string): boolean {
  return !/[\s/?#@\\]/.test(text) && URL.canParse(`http://${text}`);
}

function fields(raw: readonly string[]): Field[] {
  const result: Field[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    result.push([(raw[index] ?? "").toLowerCase(), Buffer.from(raw[index + 1] ?? "", "latin1")]);
  }
  return result;
}
