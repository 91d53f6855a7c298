import { Trap } from "../wit-error.ts";

/** Something that may have to be waited for. `whenReady` may resolve early; callers look at `isReady` again. */
export interface Readiness {
  isReady(): boolean;
  whenReady(): Promise<void>;
}

/** wasi:io/poll `pollable`. */
export class Pollable {
  readonly #readiness: Readiness;
  readonly #cancelled: Promise<never> | undefined;

  /** `cancelled` rejects when the request that the guest works for is given up. */
  constructor(readiness: Readiness, cancelled?: Promise<never>) {
    this.#readiness = readiness;
    this.#cancelled = cancelled;
  }

  ready(): boolean {
    return this.#readiness.isReady();
  }

  block(): Promise<void> | undefined {
    return this.ready() ? undefined : wait([this.#readiness], this.#cancelled);
  }

  /** Indexes of the pollables that are ready, at least one. The WIT makes an empty list a trap. */
  static poll(pollables: readonly Pollable[]): Uint32Array | Promise<Uint32Array> {
    const [first] = pollables;
    if (first === undefined) throw new Trap("wasi:io/poll#poll was called with an empty list");
    const indexes = readyIndexes(pollables);
    if (indexes.length > 0) return indexes;
    const readinesses = pollables.map((pollable) => pollable.#readiness);
    return wait(readinesses, first.#cancelled).then(() => readyIndexes(pollables));
  }
}

function readyIndexes(pollables: readonly Pollable[]): Uint32Array {
  const indexes: number[] = [];
  for (const [index, pollable] of pollables.entries()) if (pollable.ready()) indexes.push(index);
  return Uint32Array.from(indexes);
}

/** Resolves once one of `readinesses` is ready; rejects with `cancelled`. */
export async function wait(readinesses: readonly Readiness[], cancelled?: Promise<never>): Promise<void> {
  while (!readinesses.some((readiness) => readiness.isReady())) {
    const signals = readinesses.map((readiness) => readiness.whenReady());
    await Promise.race(cancelled === undefined ? signals : [...signals, cancelled]);
  }
}
