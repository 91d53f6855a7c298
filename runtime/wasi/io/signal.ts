/** Wakes everybody who waits; who waits after a `notify` waits for the next one. */
export class Signal {
  #pending: PromiseWithResolvers<void> | undefined;

  notify(): void {
    this.#pending?.resolve();
    this.#pending = undefined;
  }

  /** The same promise for all: a guest that polls in a loop piles nothing up. */
  next(): Promise<void> {
    return (this.#pending ??= Promise.withResolvers<void>()).promise;
  }
}
