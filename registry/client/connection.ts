/** Requests to one registry: with its credentials, after redirects, again when that may help. */
import { Authorizer } from "../auth/index.ts";
import type { Credential } from "../credentials/index.ts";
import {
  type Answer,
  type Body,
  discard,
  type Exchange,
  failureOf,
  protocolFailure,
  type RetryPolicy,
  withRetries,
} from "../http/index.ts";
import { refused, targetUrl } from "./address.ts";

export interface WireRequest {
  method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/v2/`, or a whole address that the registry gave. */
  target: string | URL;
  scopes: readonly string[];
  /** Statuses that are answers; any other one is a failure. */
  expect: readonly number[];
  headers?: Record<string, string>;
  body?: Body;
  /** Default: true. False where whoever asks knows better how to go on. */
  isRetried?: boolean;
}

export interface ConnectionOptions {
  base: URL;
  exchange: Exchange;
  policy: RetryPolicy;
  credential: () => Promise<Credential | undefined>;
  signal?: AbortSignal;
}

const mostRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

export class Connection {
  readonly base: URL;
  readonly policy: RetryPolicy;
  readonly signal: AbortSignal | undefined;
  readonly #exchange: Exchange;
  readonly #authorizer: Authorizer;

  constructor({ base, exchange, policy, credential, signal }: ConnectionOptions) {
    this.base = base;
    this.policy = policy;
    this.signal = signal;
    this.#exchange = exchange;
    this.#authorizer = new Authorizer({ exchange, policy, credential });
  }

  /** Whoever gets the answer reads or discards its body. */
  send(request: WireRequest): Promise<Answer> {
    const policy = request.isRetried === false ? { ...this.policy, attempts: 1 } : this.policy;
    return withRetries(() => this.#attempt(request), policy, this.signal);
  }

  async #attempt(request: WireRequest): Promise<Answer> {
    const { scopes, expect } = request;
    const url = typeof request.target === "string" ? new URL(request.target, this.base) : request.target;
    let authorization = await this.#authorizer.header(scopes, this.signal);
    let answer = await this.#follow(request, url, authorization);
    // Twice: a first answer teaches the scheme, a second one may want a wider scope, as mounting does.
    for (let refusals = 0; answer.status === 401 && refusals < 2 && this.#isOwn(answer.url); refusals++) {
      await discard(answer);
      const next = await this.#authorizer.answer(answer, authorization, scopes, this.signal);
      if (next === authorization) break;
      authorization = next;
      answer = await this.#follow(request, url, authorization);
    }
    if (expect.includes(answer.status)) return answer;
    throw await failureOf(answer);
  }

  /** Credentials stay with the registry: whoever it sends us to gets none. */
  async #follow(request: WireRequest, start: URL, authorization: string | undefined): Promise<Answer> {
    const { method, headers = {}, body } = request;
    let url = start;
    for (let count = 0; count <= mostRedirects; count++) {
      const isOwn = this.#isOwn(url);
      const answer = await this.#exchange.send({
        method,
        url,
        headers: {
          "user-agent": "pulumi-spin",
          ...headers,
          ...(isOwn && authorization !== undefined ? { authorization } : {}),
        },
        ...(body === undefined ? {} : { body }),
        ...(this.signal === undefined ? {} : { signal: this.signal }),
      });
      const isFollowed = redirects.has(answer.status) && (method === "GET" || method === "HEAD");
      if (!isFollowed || request.expect.includes(answer.status)) return answer;
      await discard(answer);
      const location = answer.header("location");
      if (location === undefined)
        throw protocolFailure(url, "it answered with a redirect that leads nowhere");
      url = targetUrl(location, url);
    }
    throw refused(`${start.host} sends from one address to the next, more than ${mostRedirects} times`);
  }

  #isOwn(url: URL): boolean {
    return url.origin === this.base.origin;
  }
}
