import { Pollable, type Readiness } from "./io/poll.ts";
import type { HostImports } from "./offer.ts";
import type { RequestScope } from "./request-scope.ts";

/**
 * wasi:clocks. Not preview2-shim's: its pollables block the thread, and with it every other request, and loading its
 * clocks starts a worker.
 */
export function clocksImports(scope: RequestScope): HostImports {
  const now = () => process.hrtime.bigint();
  const at = (instant: bigint) => new Pollable(new Timer(instant), scope.cancelled);
  return {
    "wasi:clocks/monotonic-clock": {
      now,
      resolution: () => 1n,
      subscribeInstant: at,
      subscribeDuration: (duration: bigint) => at(now() + duration),
    },
    "wasi:clocks/wall-clock": {
      now: () => datetime(Date.now()),
      resolution: () => datetime(1),
    },
  };
}

function datetime(ms: number): { seconds: bigint; nanoseconds: number } {
  return { seconds: BigInt(Math.floor(ms / 1000)), nanoseconds: (ms % 1000) * 1_000_000 };
}

/** Longest delay that a Node timer takes: later instants are waited for in several steps. */
const longestTimerMs = 2 ** 31 - 1;

/** Ready from an instant (nanoseconds of the monotonic clock) on. */
class Timer implements Readiness {
  readonly #instant: bigint;
  #pending: Promise<void> | undefined;

  constructor(instant: bigint) {
    this.#instant = instant;
  }

  isReady(): boolean {
    return process.hrtime.bigint() >= this.#instant;
  }

  /** One timer at a time, however often a guest polls. */
  whenReady(): Promise<void> {
    return (this.#pending ??= this.#wait().finally(() => (this.#pending = undefined)));
  }

  #wait(): Promise<void> {
    const remainingNs = this.#instant - process.hrtime.bigint();
    const ms = Number((remainingNs + 999_999n) / 1_000_000n);
    // Unreferenced: a guest that waits for an hour does not keep a process that is to end.
    return new Promise((resolve) => {
      setTimeout(resolve, Math.min(ms, longestTimerMs)).unref();
    });
  }
}
