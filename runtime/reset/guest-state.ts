/** One instance of a component: its first state, and how long it may run. */
import { Pause, type RunLimits } from "./deadline/pause.ts";
import type { ModulePlan } from "./plan.ts";
import type { CoreExports, CoreImports } from "./state/core-objects.ts";
import { type Captured, FreshState, type FreshStateOptions } from "./state/fresh-state.ts";
import type { MemoryImage } from "./state/memory-image.ts";

export class GuestState {
  readonly #pause = new Pause();
  readonly #fresh: FreshState;
  readonly #plans: readonly ModulePlan[];

  /** `plans` are those of the component's core modules, in the order of the link plan. */
  constructor(plans: readonly ModulePlan[], options: FreshStateOptions = {}) {
    this.#plans = plans;
    this.#fresh = new FreshState({ ...options, pause: this.#pause.call });
  }

  /** Why the guest was ended, when it was its time that was up. */
  get reason(): string | undefined {
    return this.#pause.reason;
  }

  imports(module: number, imports: CoreImports): CoreImports {
    const plan = this.#plans[module];
    return plan === undefined ? imports : this.#fresh.imports(plan, imports);
  }

  made(module: number, exports: CoreExports): void {
    const plan = this.#plans[module];
    if (plan !== undefined) this.#fresh.add(plan, exports);
  }

  writesTo(memory: unknown): (address: number, size: number) => void {
    return this.#fresh.writesTo(memory);
  }

  /** All core instances were made. */
  capture(like: readonly MemoryImage[] = []): Captured {
    this.#pause.watch(this.#fresh.flags);
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
