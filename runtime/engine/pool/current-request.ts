import type { RequestScope } from "../../wasi/request-scope.ts";
import { Trap } from "../../wasi/wit-error.ts";

/** Made once: an error of its own, with its stack, for each request would cost more than most host functions do. */
const over = new Trap("the request that the guest worked for is over");

/** What the host functions of an instance see of the request that it works for: one after the other. */
export class CurrentRequest implements RequestScope {
  #ended = new AbortController();
  #cancelled: Promise<never> = new Promise(() => {});
  #stopListening = (): void => {};

  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get cancelled(): Promise<never> {
    return this.#cancelled;
  }

  begin(signal: AbortSignal): void {
    this.#ended = new AbortController();
    this.#cancelled = new Promise<never>((_resolve, reject) => {
      const cancel = (): void => reject(new Trap("the request was given up"));
      if (signal.aborted) return cancel();
      signal.addEventListener("abort", cancel, { once: true });
      this.#stopListening = () => signal.removeEventListener("abort", cancel);
    });
    // A guest that waits for nothing leaves it unobserved.
    this.#cancelled.catch(() => {});
  }

  end(): void {
    this.#stopListening();
    this.#ended.abort(over);
  }
}
