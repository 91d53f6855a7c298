import type { Dispatcher } from "undici";
import { HttpFailure } from "../../wasi/http/error-code.ts";
import type { SendRequest } from "../../wasi/http/index.ts";
import type { GuestRequest } from "../../wasi/http/outgoing-request.ts";
import type { RequestOptions } from "../../wasi/http/request-options.ts";
import type { OutboundNetworking } from "../outbound-networking/outbound-networking.ts";
import { chainedComponent, type ChainRequest } from "./chain.ts";
import { dispatch } from "./dispatch.ts";

export interface OutboundHttpContext {
  networking: OutboundNetworking;
  dispatcher: Dispatcher;
  /** Where the app itself listens: `http://127.0.0.1:3000`; for requests to itself. */
  selfOrigin: () => string | undefined;
  /** Calls another component of the app in process. */
  chain: ChainRequest;
}

const outgoingHandler = "wasi:http/outgoing-handler";

/** Spin's limit where the guest sets none: connecting, first byte, between bytes. */
const defaultTimeoutMs = 600_000;

/** Performs a guest's requests: to allowed hosts, to the app itself, and to other components (`<id>.spin.internal`). */
export function outboundHttp(context: OutboundHttpContext): SendRequest {
  return async (request, options, signal) => {
    if (request.method === "CONNECT") throw new HttpFailure({ tag: "HTTP-request-method-invalid" });
    const path = originForm(request.pathWithQuery);
    const isSelf = request.authority === undefined || request.authority.split(":", 1)[0] === "self.alt";
    const scheme = request.scheme ?? (isSelf ? "http" : "https");
    if (scheme !== "http" && scheme !== "https") throw new HttpFailure({ tag: "HTTP-protocol-error" });
    const authority = isSelf ? "self.alt" : (request.authority ?? "");
    if (!context.networking.isAllowed(`${scheme}://${authority}${path}`, outgoingHandler)) {
      throw new HttpFailure({ tag: "HTTP-request-denied" });
    }
    const component = chainedComponent(authority);
    if (component !== undefined) return context.chain(component, { ...request, pathWithQuery: path }, signal);
    const origin = isSelf ? context.selfOrigin() : `${scheme}://${authority}`;
    if (origin === undefined) throw new HttpFailure({ tag: "HTTP-request-URI-invalid" });
    return dispatch(context.dispatcher, { ...overNetwork(request, options), origin, path }, signal);
  };
}

function overNetwork(request: GuestRequest, options: RequestOptions | undefined) {
  return {
    method: request.method,
    headers: request.headers.filter(([name]) => name.toLowerCase() !== "expect"),
    body: request.body,
    connectTimeoutMs: milliseconds(options?.connectTimeout()),
    firstByteTimeoutMs: milliseconds(options?.firstByteTimeout()),
    betweenBytesTimeoutMs: milliseconds(options?.betweenBytesTimeout()),
  };
}

/** Rounded up: zero would mean no limit to the client library. */
function milliseconds(duration: bigint | undefined): number {
  if (duration === undefined) return defaultTimeoutMs;
  const ms = Number(duration / 1_000_000n) + 1;
  return Math.min(ms, 2 ** 31 - 1);
}

function originForm(pathWithQuery: string | undefined): string {
  if (pathWithQuery === undefined || pathWithQuery === "") return "/";
  return pathWithQuery.startsWith("/") ? pathWithQuery : `/${pathWithQuery}`;
}
