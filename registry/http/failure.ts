/** What went wrong on the wire, as an error with a code. Queries may hold signatures and headers hold tokens: neither is repeated. */
import { type Code, SpinError } from "../../model/errors/index.ts";
import { codesOf, reasonOf } from "./reason.ts";
import { retryAfterMs } from "./retry.ts";
import { transient } from "./transience.ts";

/** Origin and path, without the query. */
export function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

const codes = new Map<number, Code>([
  [401, "ERR_SPIN_REGISTRY_UNAUTHORIZED"],
  [403, "ERR_SPIN_REGISTRY_DENIED"],
  [404, "ERR_SPIN_REGISTRY_NOT_FOUND"],
  [405, "ERR_SPIN_REGISTRY_UNSUPPORTED"],
  [429, "ERR_SPIN_REGISTRY_THROTTLED"],
]);

export interface ErrorAnswer {
  method: string;
  url: URL;
  status: number;
  retryAfter: string | undefined;
  /** The beginning of the body. */
  body: string;
}

/** An answer that nobody asked for. */
export function statusFailure({ method, url, status, retryAfter, body }: ErrorAnswer): SpinError {
  const said = errorsIn(body);
  const details = said.map(({ code, message }) => [code, message].filter(Boolean).join(": ")).join("; ");
  const isDigest = status === 400 && said.some(({ code }) => code === "DIGEST_INVALID");
  const code = isDigest ? "ERR_SPIN_REGISTRY_DIGEST" : (codes.get(status) ?? "ERR_SPIN_REGISTRY_STATUS");
  const wait =
    status === 429 && retryAfter !== undefined ? ` and asks to wait ${printable(retryAfter)} s` : "";
  const error = new SpinError(
    code,
    `${method} ${shown(url)} answered ${status}${details === "" ? "" : ` (${details})`}${wait}.`,
  );
  if (!transientStatuses.has(status)) return error;
  const patience = retryAfterMs(retryAfter);
  return transient(error, patience === undefined ? {} : { retryAfterMs: patience });
}

const tlsCodes = /^(?:CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH)/;

/** A request without an answer, or an answer that broke off. */
export function connectionFailure(method: string, url: URL, error: unknown): SpinError {
  const reason = reasonOf(error);
  if (codesOf(error).some((code) => tlsCodes.test(code))) {
    return new SpinError(
      "ERR_SPIN_REGISTRY_TLS",
      `The certificate of ${url.host} is not trusted: ${reason}.`,
      {
        cause: error,
      },
    );
  }
  if (/wrong version number|packet length too long|ERR_SSL_/i.test(`${reason} ${codesOf(error).join(" ")}`)) {
    return new SpinError("ERR_SPIN_REGISTRY_TLS", `${url.host} does not speak TLS.`, {
      cause: error,
      hint: "If it is meant to be reached by plain HTTP, say so: --insecure, or `insecure: true`.",
    });
  }
  const message = `${method} ${shown(url)} got no whole answer: ${reason}.`;
  return transient(new SpinError("ERR_SPIN_REGISTRY_UNREACHABLE", message, { cause: error }));
}

/** An answer that breaks the distribution specification. */
export function protocolFailure(url: URL, problem: string): SpinError {
  return new SpinError("ERR_SPIN_REGISTRY_PROTOCOL", `${shown(url)}: ${problem}.`);
}

/** distribution-spec, error codes: `{"errors": [{"code", "message"}]}`. */
function errorsIn(body: string): { code: string; message: string }[] {
  try {
    const { errors } = JSON.parse(body) as { errors?: unknown };
    if (!Array.isArray(errors)) return [];
    return errors.slice(0, 5).map((it) => {
      const { code, message } = Object(it) as Record<string, unknown>;
      return { code: text(code), message: text(message) };
    });
  } catch {
    return [];
  }
}

function text(value: unknown): string {
  return typeof value === "string" ? printable(value) : "";
}

function printable(value: string): string {
  return value.replaceAll(/\p{C}+/gu, " ").slice(0, 200);
}
