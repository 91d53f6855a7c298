/** Operations on one app follow each other; those on different apps do not wait. */
export class Queues {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(app: string, operation: () => Promise<T>): Promise<T> {
    const before = this.#last.get(app) ?? Promise.resolve();
    const turn = before.then(operation, operation);
    const settled = turn.catch(() => undefined);
    this.#last.set(app, settled);
    void settled.then(() => {
      if (this.#last.get(app) === settled) this.#last.delete(app);
    });
    return turn;
  }
}
