import { type ErrorCode, HttpFailure } from "../../wasi/http/error-code.ts";

const codes: Record<string, ErrorCode> = {
  ECONNREFUSED: { tag: "connection-refused" },
  ECONNRESET: { tag: "connection-terminated" },
  EPIPE: { tag: "connection-terminated" },
  UND_ERR_SOCKET: { tag: "connection-terminated" },
  ETIMEDOUT: { tag: "connection-timeout" },
  UND_ERR_CONNECT_TIMEOUT: { tag: "connection-timeout" },
  UND_ERR_HEADERS_TIMEOUT: { tag: "connection-read-timeout" },
  UND_ERR_BODY_TIMEOUT: { tag: "connection-read-timeout" },
  EHOSTUNREACH: { tag: "destination-IP-unroutable" },
  ENETUNREACH: { tag: "destination-IP-unroutable" },
  UND_ERR_HEADERS_OVERFLOW: { tag: "HTTP-response-header-section-size" },
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: { tag: "HTTP-request-body-size" },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { tag: "HTTP-response-incomplete" },
  EPROTO: { tag: "TLS-protocol-error" },
};

const certificateCodes = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

/** What a failed request means in wasi:http. */
export function httpFailure(error: unknown): HttpFailure {
  return error instanceof HttpFailure ? error : new HttpFailure(errorCodeOf(error), { cause: error });
}

function errorCodeOf(error: unknown): ErrorCode {
  const code = codeOf(error);
  const known = codes[code];
  if (known !== undefined) return known;
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) return { tag: "DNS-error", val: { rcode: code } };
  if (certificateCodes.test(code)) return { tag: "TLS-certificate-error" };
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) return { tag: "TLS-protocol-error" };
  if (code.startsWith("HPE_")) return { tag: "HTTP-protocol-error" };
  return { tag: "internal-error", val: error instanceof Error ? error.message : String(error) };
}

/** The system's code; with several addresses for a name, that of the first attempt. */
function codeOf(error: unknown): string {
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown[]; cause?: unknown };
  if (typeof code === "string" && !(code in codes) && cause !== undefined) return codeOf(cause) || code;
  if (typeof code === "string") return code;
  if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  return typeof cause === "object" && cause !== null ? codeOf(cause) : "";
}
