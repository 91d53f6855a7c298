import { SpinError } from "../../../model/errors/index.ts";
import { Trap } from "../../wasi/wit-error.ts";

interface Waiting {
  take: () => void;
}

/** At most so many at the same time, and so many that wait for it, first come, first served. */
export class Turns {
  readonly #id: string;
  readonly #limits: { concurrency: number; queue: number };
  readonly #waiting = new Set<Waiting>();
  #taken = 0;

  constructor(id: string, limits: { concurrency: number; queue: number }) {
    this.#id = id;
    this.#limits = limits;
  }

  /** Resolves when it is one's turn; `done` ends it. ERR_SPIN_RUNTIME_BUSY when too many wait already. */
  async take(signal: AbortSignal): Promise<void> {
    const { concurrency, queue } = this.#limits;
    if (this.#taken < concurrency) {
      this.#taken++;
      return;
    }
    if (this.#waiting.size >= queue) {
      const message = `The component "${this.#id}" handles ${concurrency} requests, and ${queue} wait.`;
      throw new SpinError("ERR_SPIN_RUNTIME_BUSY", message);
    }
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        take: () => {
          signal.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      const giveUp = (): void => {
        this.#waiting.delete(waiting);
        reject(new Trap("the request was given up"));
      };
      if (signal.aborted) return giveUp();
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.add(waiting);
    });
  }

  /** The turn goes to whoever has waited longest. */
  done(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#taken--;
    else {
      this.#waiting.delete(next);
      next.take();
    }
  }
}
