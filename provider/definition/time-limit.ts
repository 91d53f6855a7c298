import { setTimeout as sleep } from "node:timers/promises";
import { describeError, SpinError } from "../../model/errors/index.ts";
import { isPartialFailure, PartialFailure } from "./partial-failure.ts";

export type Operation = "create" | "read" | "update" | "delete";

export interface TimeLimit {
  /** Of Pulumi's Cancel. */
  signal: AbortSignal;
  /** `customTimeouts` of the resource. Default: no limit but the handler's own. */
  timeoutMs?: number | undefined;
}

/** After an abort, a handler may still say what exists; one that does not is left alone after this. */
const graceMs = 4_000;

/** Does the work with a signal that aborts on cancel and when the time is up; its failure then says which of the two it was. */
export async function withinTime<T>(
  operation: Operation,
  { signal, timeoutMs }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = timeoutMs === undefined || timeoutMs <= 0 ? undefined : AbortSignal.timeout(timeoutMs);
  const either = limit === undefined ? signal : AbortSignal.any([signal, limit]);
  const given = new AbortController();
  try {
    either.throwIfAborted();
    const late = aborted(either, given.signal);
    return await Promise.race([work(either), late]);
  } catch (error) {
    if (!either.aborted) throw error;
    const reason = limit?.aborted === true ? timedOut(operation, timeoutMs) : cancelled(operation);
    throw isPartialFailure(error)
      ? new PartialFailure(error.id, error.outputs, withCause(reason, error))
      : reason;
  } finally {
    given.abort();
  }
}

/** Rejects some time after the signal aborted; never when the work ended before. */
async function aborted(either: AbortSignal, ended: AbortSignal): Promise<never> {
  const until = AbortSignal.any([either, ended]);
  if (!until.aborted)
    await new Promise((resolve) => until.addEventListener("abort", resolve, { once: true }));
  if (!ended.aborted) await sleep(graceMs, undefined, { signal: ended }).catch(() => undefined);
  if (ended.aborted) return new Promise(() => {});
  throw either.reason;
}

function timedOut(operation: Operation, timeoutMs = 0): SpinError {
  const message = `The ${operation} took longer than the ${timeoutMs / 1000} s that customTimeouts.${operation} allows.`;
  return new SpinError("ERR_SPIN_OPERATION_TIMEOUT", message);
}

function cancelled(operation: Operation): SpinError {
  return new SpinError("ERR_SPIN_OPERATION_CANCELLED", `The ${operation} was cancelled.`);
}

function withCause(reason: SpinError, { cause }: PartialFailure): Error {
  const text = describeError(cause);
  return text === "" ? reason : new SpinError(reason.code, `${reason.message} ${text}`, { cause });
}
