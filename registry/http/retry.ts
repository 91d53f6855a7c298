import { setTimeout as sleep } from "node:timers/promises";
import { transienceOf } from "./transience.ts";

export interface RetryPolicy {
  /** With the first one. */
  attempts: number;
  /** Before the second attempt; doubled before each further one. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** A registry that asks for more patience than this gets none: the failure says what it asked for. */
  longestRetryAfterMs: number;
}

/** oras-go's, which registries are used to. */
export const defaultRetryPolicy: RetryPolicy = {
  attempts: 5,
  firstWaitMs: 250,
  longestWaitMs: 3000,
  longestRetryAfterMs: 60_000,
};

/** Does the work again after failures that may pass. */
export async function withRetries<T>(
  work: (attempt: number) => Promise<T>,
  policy: RetryPolicy,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!(await waitFor(error, attempt, policy, signal))) throw error;
    }
  }
}

/** Waits until another attempt makes sense; false when none does. `attempt` counts from 1. */
export async function waitFor(
  error: unknown,
  attempt: number,
  policy: RetryPolicy,
  signal?: AbortSignal,
): Promise<boolean> {
  const transience = transienceOf(error);
  if (transience === undefined || attempt >= policy.attempts || signal?.aborted === true) return false;
  const { retryAfterMs } = transience;
  if (retryAfterMs !== undefined && retryAfterMs > policy.longestRetryAfterMs) return false;
  const natural = Math.min(policy.firstWaitMs * 2 ** (attempt - 1), policy.longestWaitMs);
  // Clients that were cut off together do not come back together.
  const jittered = natural * (0.9 + Math.random() * 0.2);
  await sleep(Math.max(jittered, retryAfterMs ?? 0), undefined, signal === undefined ? {} : { signal });
  return true;
}

/** `Retry-After` in milliseconds from now: seconds, or a date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
