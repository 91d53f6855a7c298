/** One instance of a component: its first state, and how long it may run. */
import { Pause, type RunLimits } from "./deadline/pause.ts";
import type { ModulePlan } from "./plan.ts";
import type { CoreExports, CoreImports } from "./state/core-objects.ts";
import { type Captured, FreshState, type FreshStateOptions } from "./state/fresh-state.ts";
import type { MemoryImage } from "./state/memory-image.ts";

export class GuestState {
  readonly #pause = new Pause();
  readonly #fresh: FreshState;

  constructor(options: FreshStateOptions = {}) {
    this.#fresh = new FreshState({ ...options, pause: this.#pause.call });
  }

  /** Why the guest was ended, when it was its time that was up. */
  get reason(): string | undefined {
    return this.#pause.reason;
  }

  /** Before a core instance is made; `plan` is that of its module. */
  imports(plan: ModulePlan | undefined, imports: CoreImports): CoreImports {
    return plan === undefined ? imports : this.#fresh.imports(plan, imports);
  }

  made(plan: ModulePlan | undefined, exports: CoreExports): void {
    if (plan !== undefined) this.#fresh.add(plan, exports);
  }

  writesTo(memory: unknown): (address: number, size: number) => void {
    return this.#fresh.writesTo(memory);
  }

  /** All core instances were made. From now on the guest is paused now and then. */
  watch(): void {
    this.#pause.watch(this.#fresh.flags);
  }

  capture(like: readonly MemoryImage[] = []): Captured {
    return this.#fresh.capture(like);
  }

  begin(limits: RunLimits): void {
    this.#pause.begin(limits);
  }

  end(): void {
    this.#pause.end();
  }

  restore(): boolean {
    return this.#fresh.restore();
  }

  /** Bytes of all memories, as they are now. */
  get memoryBytes(): number {
    return this.#fresh.memoryBytes;
  }

  close(): void {
    this.#pause.close();
  }
}
