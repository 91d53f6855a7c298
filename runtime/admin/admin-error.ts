import { type Code, describeError, isSpinError, SpinError, table } from "../../model/errors/index.ts";
import type { AdminError } from "./protocol.ts";

/** An error as the admin API answers it. What has no code is a bug, and its text stays in the log. */
export function toAdminError(error: unknown): AdminError {
  const known = isSpinError(error) ? error : new SpinError("ERR_SPIN_HOST_INTERNAL", describeError(error));
  const { code, fault, message, hint, path } = known;
  return { code, fault, message, hint, ...(path === undefined ? {} : { path }) };
}

/** The same error on the other side of the socket. */
export function fromAdminError({ code, message, hint, path }: AdminError): SpinError {
  const known: Code = code in table ? code : "ERR_SPIN_HOST_INTERNAL";
  return new SpinError(known, message, { hint, ...(path === undefined ? {} : { path }) });
}

/** HTTP status of a failure: 409 for a port that is taken, 404 for what is not there, else by whose fault it is. */
export function statusOf({ code, fault }: AdminError): number {
  if (code === "ERR_SPIN_RUNTIME_PORT_IN_USE") return 409;
  if (code === "ERR_SPIN_HOST_NO_APP" || code === "ERR_SPIN_RUNTIME_UNKNOWN_APP") return 404;
  return fault === "user" ? 422 : 500;
}
