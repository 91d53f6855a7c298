/** Tokens of a token server, as Docker's and OAuth2's documents describe them (distribution, docs/spec/auth). */
import { SpinError } from "../../model/errors/index.ts";
import type { Credential } from "../credentials/index.ts";
import {
  type Answer,
  type Exchange,
  failureOf,
  protocolFailure,
  readBody,
  type RetryPolicy,
  shown,
  withRetries,
} from "../http/index.ts";

export interface TokenRequest {
  realm: URL;
  service: string | undefined;
  scopes: readonly string[];
  credential: Credential | undefined;
  signal?: AbortSignal;
}

export interface Token {
  value: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

const clientId = "pulumi-spin";
const answerLimitBytes = 1024 * 1024;
/** What servers mean that say nothing. */
const defaultLifetimeSeconds = 60;
/** A token is not used to its last second: requests take time, and clocks differ. */
const leewaySeconds = 10;

/** ERR_SPIN_REGISTRY_UNAUTHORIZED when the server takes the credential for wrong. */
export async function requestToken(
  exchange: Exchange,
  policy: RetryPolicy,
  request: TokenRequest,
): Promise<Token> {
  const { credential, signal } = request;
  const isIdentity = credential?.kind === "identity";
  const answer = await withRetries(
    async () => {
      const sent = await (isIdentity
        ? postRefresh(exchange, request, credential.token)
        : get(exchange, request));
      if (sent.status >= 500 || sent.status === 429 || sent.status === 408) throw await failureOf(sent);
      return sent;
    },
    policy,
    signal,
  );
  if (answer.status === 401 || answer.status === 403 || (isIdentity && answer.status === 400)) {
    const whose = credential === undefined ? "wants credentials" : "does not accept the credentials";
    throw new SpinError(
      "ERR_SPIN_REGISTRY_UNAUTHORIZED",
      `${shown(request.realm)} ${whose} (${answer.status}).`,
    );
  }
  if (answer.status !== 200) throw await failureOf(answer);
  return tokenOf(answer);
}

/** Anonymous, or by user and password. */
function get(
  exchange: Exchange,
  { realm, service, scopes, credential, signal }: TokenRequest,
): Promise<Answer> {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  for (const scope of scopes) url.searchParams.append("scope", scope);
  const headers: Record<string, string> =
    credential?.kind === "basic" ? { authorization: basicHeader(credential) } : {};
  return exchange.send({ method: "GET", url, headers, ...(signal === undefined ? {} : { signal }) });
}

function postRefresh(
  exchange: Exchange,
  { realm, service, scopes, signal }: TokenRequest,
  refreshToken: string,
): Promise<Answer> {
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: clientId,
    ...(service === undefined ? {} : { service }),
    ...(scopes.length === 0 ? {} : { scope: scopes.join(" ") }),
    refresh_token: refreshToken,
  });
  const bytes = Buffer.from(form.toString());
  return exchange.send({
    method: "POST",
    url: realm,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: { sizeBytes: bytes.length, open: () => bytes },
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Docker calls it `token`, OAuth2 `access_token`. */
async function tokenOf(answer: Answer): Promise<Token> {
  const receivedAt = Date.now();
  const body = await readBody(answer, answerLimitBytes);
  let said: Record<string, unknown> = {};
  try {
    said = Object(JSON.parse(body?.toString("utf8") ?? "")) as Record<string, unknown>;
  } catch {
    throw protocolFailure(answer.url, "the token server's answer is no JSON");
  }
  const value = said["token"] || said["access_token"];
  // A header could not carry anything else.
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value))
    throw protocolFailure(answer.url, "the token server's answer has no token");
  const seconds = Number(said["expires_in"]);
  const lifetime = seconds > leewaySeconds * 2 ? seconds : defaultLifetimeSeconds;
  return { value, expiresAt: receivedAt + (lifetime - leewaySeconds) * 1000 };
}

export function basicHeader({ username, password }: Credential & { kind: "basic" }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
