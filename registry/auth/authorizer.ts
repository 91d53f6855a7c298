/** What to say in `Authorization` to one registry: learned from its challenges, kept while it lasts. */
import { SpinError } from "../../model/errors/index.ts";
import type { Credential } from "../credentials/index.ts";
import { type Answer, type Exchange, protocolFailure, type RetryPolicy } from "../http/index.ts";
import { parseChallenges } from "./challenge.ts";
import { covers, mergeScopes } from "./scope.ts";
import { basicHeader, requestToken, type Token } from "./token.ts";

export interface AuthorizerOptions {
  exchange: Exchange;
  policy: RetryPolicy;
  /** Asked at most once, and only when the registry wants credentials. */
  credential: () => Promise<Credential | undefined>;
}

interface Bearer {
  realm: URL;
  service: string | undefined;
}

export class Authorizer {
  readonly #options: AuthorizerOptions;
  #credential: Promise<Credential | undefined> | undefined;
  #scheme: { basic: string } | { bearer: Bearer } | undefined;
  /** Also those that are on their way, so that parallel requests ask once. */
  #tokens: { scopes: string[]; token: Promise<Token> }[] = [];

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** `undefined` as long as the registry has not asked for anything. */
  async header(scopes: readonly string[], signal?: AbortSignal): Promise<string | undefined> {
    if (this.#scheme === undefined) return undefined;
    if ("basic" in this.#scheme) return this.#scheme.basic;
    return `Bearer ${await this.#token(this.#scheme.bearer, mergeScopes(scopes), signal)}`;
  }

  /**
   * Learns from an answer 401. `used` is the header that was not enough. Gives the header to try next, and throws
   * ERR_SPIN_REGISTRY_UNAUTHORIZED when there is none.
   */
  async answer(
    answer: Answer,
    used: string | undefined,
    scopes: readonly string[],
    signal?: AbortSignal,
  ): Promise<string> {
    const challenges = parseChallenges(answer.header("www-authenticate") ?? "");
    const bearer = challenges.find(({ scheme, parameters }) => scheme === "bearer" && parameters["realm"]);
    if (bearer !== undefined) {
      const { realm = "", service, scope } = bearer.parameters;
      const wanted = mergeScopes([...scopes, ...(scope?.split(" ").filter(Boolean) ?? [])]);
      this.#scheme = { bearer: { realm: realmOf(realm, answer.url), service } };
      if (used !== undefined) await this.#forget(used);
      return `Bearer ${await this.#token(this.#scheme.bearer, wanted, signal)}`;
    }
    const credential = await this.#know();
    if (credential?.kind === "basic" && challenges.some(({ scheme }) => scheme === "basic")) {
      const basic = basicHeader(credential);
      if (basic === used) throw unauthorized(answer.url, "does not accept the user and the password");
      this.#scheme = { basic };
      return basic;
    }
    if (challenges.length === 0) throw protocolFailure(answer.url, "it answered 401 without a challenge");
    const schemes = [...new Set(challenges.map(({ scheme }) => scheme))].join(", ");
    const problem =
      credential === undefined
        ? "wants credentials, and there are none"
        : `wants ${schemes}, which the credentials do not fit`;
    throw unauthorized(answer.url, problem);
  }

  async #token(bearer: Bearer, scopes: string[], signal?: AbortSignal): Promise<string> {
    const credential = await this.#know();
    if (credential?.kind === "bearer") return credential.token;
    for (const held of this.#tokens.filter((it) => covers(it.scopes, scopes))) {
      const token = await held.token.catch(() => undefined);
      if (token !== undefined && token.expiresAt > Date.now()) return token.value;
      this.#tokens = this.#tokens.filter((it) => it !== held);
    }
    const { exchange, policy } = this.#options;
    const token = requestToken(exchange, policy, {
      ...bearer,
      scopes,
      credential,
      ...(signal && { signal }),
    });
    this.#tokens.push({ scopes, token });
    return (await token).value;
  }

  /** A token that a registry did not take, although it had not expired. */
  async #forget(header: string): Promise<void> {
    for (const held of this.#tokens) {
      const token = await held.token.catch(() => undefined);
      if (token === undefined || `Bearer ${token.value}` === header)
        this.#tokens = this.#tokens.filter((it) => it !== held);
    }
  }

  #know(): Promise<Credential | undefined> {
    this.#credential ??= this.#options.credential();
    return this.#credential;
  }
}

/** Credentials go to the realm, so it must be as well protected as the registry that names it. */
function realmOf(text: string, registry: URL): URL {
  const realm = URL.canParse(text) ? new URL(text) : undefined;
  if (realm === undefined || !["http:", "https:"].includes(realm.protocol))
    throw protocolFailure(registry, "its challenge names no token server");
  if (realm.protocol === "http:" && registry.protocol === "https:")
    throw protocolFailure(
      registry,
      "its challenge names a token server without TLS, and credentials are not sent there",
    );
  realm.username = "";
  realm.password = "";
  return realm;
}

function unauthorized(url: URL, problem: string): SpinError {
  return new SpinError("ERR_SPIN_REGISTRY_UNAUTHORIZED", `${url.host} ${problem}.`);
}
