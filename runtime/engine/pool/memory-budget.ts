import { SpinError } from "../../../model/errors/index.ts";

/** Holds instances that it could do without. */
export interface Holder {
  /** When the instance that has been idle for longest became so; `undefined` when there is none. */
  readonly idleSince: number | undefined;
  /** Throws that instance away. */
  dropOldest(): void;
}

/** Memory that the instances of a host may take together. Idle ones make room, the oldest first. */
export class MemoryBudget {
  readonly #bytes: number;
  readonly #holders = new Set<Holder>();
  #used = 0;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  get usedBytes(): number {
    return this.#used;
  }

  add(holder: Holder): void {
    this.#holders.add(holder);
  }

  remove(holder: Holder): void {
    this.#holders.delete(holder);
  }

  /** Makes room for an instance of about this size. ERR_SPIN_RUNTIME_BUSY when all the memory is in use. */
  makeRoom(bytes: number): void {
    while (this.#used + bytes > this.#bytes) {
      const oldest = [...this.#holders]
        .filter(({ idleSince }) => idleSince !== undefined)
        .reduce<Holder | undefined>(older, undefined);
      if (oldest === undefined) {
        const message = `The instances that run take ${this.#used} bytes of memory; ${this.#bytes} are allowed.`;
        throw new SpinError("ERR_SPIN_RUNTIME_BUSY", message);
      }
      oldest.dropOldest();
    }
  }

  /** An instance takes more, or less, than before. */
  change(bytes: number): void {
    this.#used += bytes;
  }
}

function older(one: Holder | undefined, other: Holder): Holder {
  return one !== undefined && (one.idleSince ?? 0) <= (other.idleSince ?? 0) ? one : other;
}
