import type { IncomingMessage, ServerResponse } from "node:http";
import type { StaticResponse } from "../../../model/definition.ts";
import { isSpinError } from "../../../model/errors/index.ts";
import { callHandler, type HttpComponent } from "./call-handler.ts";
import { guestHeaders, requestBody, requestTarget } from "./received-request.ts";
import { respondGuest, respondPlain, respondStatic } from "./respond.ts";
import { type RouteMatch, Router } from "./router.ts";
import { spinHeaders } from "./spin-headers.ts";
import { type AppInfo, respondWellKnown } from "./well-known.ts";

export interface HttpRoute {
  /** As in the manifest. */
  route: string;
  target: { component: HttpComponent } | { staticResponse: StaticResponse };
}

export interface RequestLimits {
  /** Of a request's body. */
  requestBodyBytes: number;
}

/** Answers the requests of one revision of an app. Private routes are simply not among `routes`. */
export class HttpApp {
  readonly #info: AppInfo;
  readonly #requestBodyBytes: number;
  readonly #router: Router<HttpRoute>;

  constructor(info: AppInfo, routes: readonly HttpRoute[], { requestBodyBytes }: RequestLimits) {
    this.#info = info;
    this.#requestBodyBytes = requestBodyBytes;
    this.#router = new Router(routes.map((route) => [route.route, route]));
  }

  /** Never rejects: whatever fails is a 500, or cuts the connection when the answer has begun. `signal` gives it up. */
  async handle(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const target = requestTarget(request.url ?? "", request.rawHeaders);
    if (target === undefined) return respondPlain(response, 400);
    const [path = ""] = target.pathWithQuery.split("?", 1);
    if (respondWellKnown(response, path, this.#info)) return;
    const match = this.#router.match(path);
    if (match === undefined) return respondPlain(response, 404);
    // What has no length is counted as it comes.
    if (Number(request.headers["content-length"] ?? 0) > this.#requestBodyBytes) {
      requestBody(request).discard();
      return respondPlain(response, 413);
    }
    try {
      if ("staticResponse" in match.target.target)
        return respondStatic(response, match.target.target.staticResponse);
      await this.#callComponent(match.target.target.component, match, {
        request,
        response,
        signal,
        ...target,
      });
    } catch (error) {
      if (isBusy(error) && !response.headersSent) return respondPlain(response, 503, { "retry-after": "1" });
      // The component's `onFailure` has said what it was; the client learns nothing about the inside of the app.
      if (response.headersSent) response.destroy();
      else respondPlain(response, 500);
    } finally {
      // What the guest left of the body stands before the connection's next request.
      requestBody(request).discard();
    }
  }

  async #callComponent(component: HttpComponent, match: RouteMatch<HttpRoute>, call: Call): Promise<void> {
    const { request, response, authority, pathWithQuery } = call;
    const { remoteAddress = "", remotePort = 0, remoteFamily } = request.socket;
    const added = spinHeaders({
      route: match.target.route,
      wildcard: match.wildcard,
      captures: match.captures,
      fullUrl: `http://${authority}${pathWithQuery}`,
      clientAddress:
        remoteFamily === "IPv6" ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`,
    });
    const answer = await callHandler(
      component,
      {
        method: request.method ?? "GET",
        pathWithQuery,
        authority,
        headers: [...guestHeaders(request.rawHeaders), ...added],
        body: requestBody(request, this.#requestBodyBytes),
      },
      call.signal,
    );
    try {
      await respondGuest(response, answer);
    } catch (error) {
      if (!response.headersSent) component.onFailure(error);
      throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  return isSpinError(error) && error.code === "ERR_SPIN_RUNTIME_BUSY";
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  signal: AbortSignal;
  authority: string;
  pathWithQuery: string;
}
