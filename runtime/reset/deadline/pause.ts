/** How long a guest may run, and that others run beside it: what happens when its flag was raised. */
import { types } from "node:util";
import type { CoreMemory } from "../state/core-objects.ts";
import { flagOffset } from "../state/mark-map.ts";
import { goOn, pauseFunction, trap, yieldFirst } from "./pause-function.ts";
import { tickMs } from "./ticker-protocol.ts";
import { ticker } from "./ticker.ts";

export interface RunLimits {
  /** Time that the guest itself may compute during a request; what it waits does not count. */
  computeMs: number;
  /** Aborts when the request is given up. */
  signal: AbortSignal;
}

export class Pause {
  /** A function of WebAssembly. */
  readonly call: unknown;
  readonly #flags: { flag: Int32Array; buffer: SharedArrayBuffer }[] = [];
  #limits: RunLimits | undefined;
  #computedMs = 0;
  #reason: string | undefined;

  constructor() {
    this.call = pauseFunction({ decide: () => this.#decide(), yield: () => othersFirst() });
  }

  /** Why the guest was ended, if it was. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Memories with a flag, which is raised from now on while guests run. */
  watch(memories: readonly CoreMemory[]): void {
    for (const { buffer } of memories) {
      if (!types.isSharedArrayBuffer(buffer)) continue;
      this.#flags.push({ flag: new Int32Array(buffer, flagOffset, 1), buffer });
      ticker.watch(buffer);
    }
  }

  begin(limits: RunLimits): void {
    this.#limits = limits;
    this.#computedMs = 0;
    this.#lower();
    ticker.begin();
  }

  end(): void {
    this.#limits = undefined;
    ticker.end();
  }

  /** The guest is thrown away. */
  close(): void {
    for (const { buffer } of this.#flags) ticker.forget(buffer);
  }

  /** Whether it was raised. */
  #lower(): boolean {
    const wasRaised = this.#flags.some(({ flag }) => flag[0] !== 0);
    for (const { flag } of this.#flags) flag[0] = 0;
    return wasRaised;
  }

  /** Each call stands for one tick of the time: the flag was raised while the guest ran. */
  #decide(): number {
    const wasRaised = this.#lower();
    if (this.#limits === undefined) return goOn;
    if (wasRaised) this.#computedMs += tickMs;
    const { computeMs, signal } = this.#limits;
    if (signal.aborted) this.#reason = "the request was given up";
    else if (this.#computedMs > computeMs) this.#reason = `it has computed for more than ${computeMs} ms`;
    return this.#reason === undefined ? yieldFirst : trap;
  }
}

/** A whole turn of the event loop, with what has come in. */
function othersFirst(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
