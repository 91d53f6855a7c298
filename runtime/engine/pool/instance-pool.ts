/**
 * Instances of one component. One that has served a request is reset and kept for the next; where that cannot be, or after
 * a failure, it is thrown away. Those that nobody needs for a while are dropped, so that an idle app costs no memory.
 */
import type { ComponentInstance } from "../../component/bound-component.ts";
import type { ComponentLimits } from "../limits.ts";
import type { Holder, MemoryBudget } from "./memory-budget.ts";
import { Turns } from "./turns.ts";

/** An instance with what belongs to it. */
export interface Pooled {
  instance: ComponentInstance;
  /** Before and after a request. */
  begin(signal: AbortSignal): void;
  end(): void;
}

/** An instance in its first state, for one request. */
export interface Lease<Entry extends Pooled> {
  entry: Entry;
  /** Gives it back. After a failure it is thrown away. */
  release(hasFailed: boolean): void;
}

interface Kept<Entry> {
  entry: Entry;
  bytes: number;
  isClean: boolean;
  idleSince: number;
}

/** How long an instance is kept without being used. */
const idleMs = 30_000;
/** As long as no instance was made, one is taken to be of this size. */
const guessedBytes = 2 * 1024 * 1024;

export class InstancePool<Entry extends Pooled> implements Holder {
  readonly #make: () => Promise<Entry>;
  readonly #limits: ComponentLimits;
  readonly #budget: MemoryBudget;
  readonly #turns: Turns;
  /** The one that was used last comes last. */
  readonly #idle: Kept<Entry>[] = [];
  #typicalBytes = guessedBytes;
  #sweep: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(id: string, limits: ComponentLimits, budget: MemoryBudget, make: () => Promise<Entry>) {
    this.#make = make;
    this.#limits = limits;
    this.#budget = budget;
    this.#turns = new Turns(id, limits);
    budget.add(this);
  }

  get idleSince(): number | undefined {
    return this.#idle[0]?.idleSince;
  }

  /** Waits for its turn: ERR_SPIN_RUNTIME_BUSY when too many do, or when memory is short. */
  async acquire(signal: AbortSignal): Promise<Lease<Entry>> {
    await this.#turns.take(signal);
    try {
      const kept = this.#takeIdle() ?? (await this.#makeOne());
      kept.entry.begin(signal);
      kept.entry.instance.begin({ computeMs: this.#limits.computeMs, signal });
      return { entry: kept.entry, release: (hasFailed) => this.#release(kept, hasFailed) };
    } catch (error) {
      this.#turns.done();
      throw error;
    }
  }

  dropOldest(): void {
    const oldest = this.#idle.shift();
    if (oldest !== undefined) this.#discard(oldest);
  }

  /** Drops all that is idle, and what is given back from now on. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#sweep);
    while (this.#idle.length > 0) this.dropOldest();
    this.#budget.remove(this);
  }

  #takeIdle(): Kept<Entry> | undefined {
    for (;;) {
      const kept = this.#idle.pop();
      if (kept === undefined || this.#clean(kept)) return kept;
      this.#discard(kept);
    }
  }

  async #makeOne(): Promise<Kept<Entry>> {
    this.#budget.makeRoom(this.#typicalBytes);
    const entry = await this.#make();
    const bytes = entry.instance.memoryBytes;
    this.#typicalBytes = bytes;
    this.#budget.change(bytes);
    return { entry, bytes, isClean: true, idleSince: 0 };
  }

  #release(kept: Kept<Entry>, hasFailed: boolean): void {
    kept.entry.instance.end();
    kept.entry.end();
    if (hasFailed || this.#isClosed) this.#discard(kept);
    else {
      kept.isClean = false;
      kept.idleSince = performance.now();
      this.#idle.push(kept);
      this.#sweep ??= setInterval(() => this.#dropUnused(), idleMs / 3).unref();
      // The answer goes out first; whoever needs the instance before that resets it himself.
      setImmediate(() => this.#cleanIdle(kept));
    }
    this.#turns.done();
  }

  #cleanIdle(kept: Kept<Entry>): void {
    const at = this.#idle.indexOf(kept);
    if (at < 0 || this.#clean(kept)) return;
    this.#idle.splice(at, 1);
    this.#discard(kept);
  }

  /** Whether it is in its first state now. */
  #clean(kept: Kept<Entry>): boolean {
    kept.isClean ||= kept.entry.instance.reset();
    return kept.isClean;
  }

  #discard({ entry, bytes }: Kept<Entry>): void {
    this.#budget.change(-bytes);
    entry.instance.close();
  }

  #dropUnused(): void {
    const now = performance.now();
    while (now - (this.idleSince ?? now) > idleMs) this.dropOldest();
    if (this.#idle.length > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }
}
