/**
 * Gives an instance of a component back the state that it had right after it was made.
 *
 * Whoever instantiates its core modules calls `imports` before and `add` after each of them, `capture` when all are ready,
 * `restore` after each request, and what `writesTo` gives wherever the host writes into a guest's memory. An instance that
 * trapped is to be thrown away: it was left in the middle of something.
 */
import { SpinError } from "../../../model/errors/index.ts";
import { type ModulePlan, type Obstacle, type ResetLevel, worst } from "../plan.ts";
import type { CoreExports, CoreGlobal, CoreImports, CoreMemory, CoreTable } from "./core-objects.ts";
import { mapPages } from "./mark-map.ts";
import type { MemoryImage } from "./memory-image.ts";
import { TrackedMemory } from "./tracked-memory.ts";

declare const WebAssembly: {
  Memory: new (type: { initial: number; maximum: number; shared: true }) => CoreMemory;
};

export interface FreshStateOptions {
  /** The cheapest level that may be chosen; "dirty-pages" unless told otherwise. */
  best?: ResetLevel;
  /** Compares everything with the image after each reset, and throws ERR_SPIN_RUNTIME_RESET where something differs. */
  verify?: boolean;
  /** A function of WebAssembly that guests call once their flag is raised. */
  pause?: unknown;
}

export interface Captured {
  level: ResetLevel;
  /** Why no cheaper level was chosen. */
  obstacles: Obstacle[];
  /** Of each memory; another instance may be given them to share those that are equal. */
  images: MemoryImage[];
}

export class FreshState {
  readonly #options: FreshStateOptions;
  readonly #memories = new Map<unknown, TrackedMemory>();
  readonly #flags: CoreMemory[] = [];
  readonly #globals: { global: CoreGlobal; value: number | bigint }[] = [];
  readonly #tables: { table: CoreTable; elements: unknown[] }[] = [];
  readonly #obstacles: Obstacle[] = [];
  #level: ResetLevel = "fresh-instance";

  constructor(options: FreshStateOptions = {}) {
    this.#options = options;
  }

  /** Memories that hold a flag; another thread may raise it. */
  get flags(): readonly CoreMemory[] {
    return this.#flags;
  }

  /** Of all memories, as they are now. */
  get memoryBytes(): number {
    return [...this.#memories.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The imports of a module, with what its plan wants besides. */
  imports({ wantsMarks, hasMarks }: ModulePlan, imports: CoreImports): CoreImports {
    if (!hasMarks)
      for (const items of Object.values(imports))
        for (const item of Object.values(items)) this.#memories.get(item)?.useAll();
    if (wantsMarks === undefined) return imports;
    const [module, name] = wantsMarks.as;
    const [fromModule, fromName] = wantsMarks.memory;
    const memory = imports[fromModule]?.[fromName];
    return { ...imports, [module]: { [name]: this.#marksOf(memory) } };
  }

  /** Tells of an instance that was made of a module with this plan. */
  add(plan: ModulePlan, exports: CoreExports): void {
    this.#obstacles.push(...plan.obstacles);
    if (!plan.hasMarks && plan.effects.stores > 0)
      this.#obstacles.push({ leaves: "memory", reason: "was rewritten without marks" });
    const marks = plan.marks === undefined ? undefined : (exports[plan.marks] as CoreMemory);
    if (marks !== undefined) this.#flags.push(marks);
    for (const name of plan.memories) {
      const memory = exports[name] as CoreMemory;
      this.#memories.set(memory, new TrackedMemory(memory, plan.hasMarks ? marks : undefined));
    }
    for (const name of plan.globals) this.#globals.push({ global: exports[name] as CoreGlobal, value: 0 });
    for (const name of plan.tables) this.#tables.push({ table: exports[name] as CoreTable, elements: [] });
    if (plan.pause !== undefined && this.#options.pause !== undefined)
      (exports[plan.pause] as CoreTable).set(0, this.#options.pause);
  }

  /** Remembers how everything is now. `like` are the images of another instance of the same component. */
  capture(like: readonly MemoryImage[] = []): Captured {
    for (const entry of this.#globals) {
      entry.value = entry.global.value;
      // Its bits do not survive the way through JavaScript.
      if (Number.isNaN(entry.value))
        this.#obstacles.push({ leaves: "fresh-instance", reason: "has a global that holds NaN" });
    }
    this.#level = this.#obstacles.reduce<ResetLevel>(
      (level, { leaves }) => worst(level, leaves),
      this.#options.best ?? "dirty-pages",
    );
    const memories = [...this.#memories.values()];
    if (memories.some(({ marks }) => marks === undefined)) this.#level = worst(this.#level, "memory");
    const obstacles = [...this.#obstacles];
    if (this.#level === "fresh-instance") return { level: this.#level, obstacles, images: [] };
    const images = memories.map((memory, index) => memory.capture(like[index]));
    if (this.#options.verify === true)
      for (const entry of this.#tables) entry.elements = elementsOf(entry.table);
    return { level: this.#level, obstacles, images };
  }

  /** Whether the instance is as it was when it was captured; otherwise another one has to take its place. */
  restore(): boolean {
    if (this.#level === "fresh-instance") return false;
    for (const memory of this.#memories.values()) if (memory.hasGrown) return false;
    for (const memory of this.#memories.values()) memory.restore(this.#level === "dirty-pages");
    for (const { global, value } of this.#globals) global.value = value;
    if (this.#options.verify === true) this.#verify();
    return true;
  }

  /** What the host calls with address and length of the bytes that it has written, or is about to write, into a memory. */
  writesTo(memory: unknown): (address: number, length: number) => void {
    const tracked = this.#memories.get(memory);
    return tracked === undefined ? () => {} : tracked.markWritten.bind(tracked);
  }

  #marksOf(memory: unknown): CoreMemory {
    const marks = this.#memories.get(memory)?.marks;
    if (marks !== undefined) return marks;
    // The module's own marks are worth nothing then, but it runs.
    this.#obstacles.push({ leaves: "fresh-instance", reason: "writes into a memory that nobody follows" });
    return new WebAssembly.Memory({ initial: mapPages, maximum: mapPages, shared: true });
  }

  #verify(): void {
    const memories = [...this.#memories.values()];
    const problem = memories.some((memory) => !memory.isAsCaptured())
      ? "a memory"
      : this.#globals.some(({ global, value }) => !Object.is(global.value, value))
        ? "a global"
        : this.#tables.some(({ table, elements }) => !isSame(elementsOf(table), elements))
          ? "a table"
          : undefined;
    if (problem !== undefined)
      throw new SpinError("ERR_SPIN_RUNTIME_RESET", `After a reset, ${problem} is not as it was at first.`);
  }
}

function elementsOf(table: CoreTable): unknown[] {
  return Array.from({ length: table.length }, (_, index) => table.get(index));
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((element, index) => element === others[index]);
}
