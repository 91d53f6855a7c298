import type { CoreModule } from "../../../model/wasm/component/definitions.ts";
import type { CoreEntry } from "../resolve/scope.ts";
import { TypeTable } from "../resolve/type-table.ts";
import { invalid } from "../unsupported.ts";
import {
  type CoreInstance,
  type CoreItem,
  type LinkPlan,
  type PlanExport,
  planFormat,
  type Resource,
  type Trampoline,
} from "./link-plan.ts";

/** Components that instantiate each other twice over grow with two to the number of them: this ends it. */
const mostSteps = 500_000;
const mostInstances = 1000;

/** A link plan in the making. */
export class Draft {
  readonly table = new TypeTable();
  readonly #modules = new Map<CoreModule, number>();
  readonly #resources: Resource[] = [];
  readonly #parents: (number | null)[] = [];
  readonly #coreInstances: CoreInstance[] = [];
  readonly #memories = new Map<string, { index: number; item: CoreItem }>();
  readonly #trampolines: Trampoline[] = [];
  #steps = 0;

  /** Counts work; ERR_SPIN_RUNTIME_LINK when there is more than any real component makes. */
  readonly step = (): void => {
    if (++this.#steps > mostSteps) throw invalid(`it takes more than ${mostSteps} steps to put together`);
  };

  addInstance(parent: number | null): number {
    if (this.#parents.length >= mostInstances)
      throw invalid(`it has more than ${mostInstances} component instances`);
    return this.#parents.push(parent) - 1;
  }

  addHostResource(from: string, name: string): number {
    return this.#resources.push({ kind: "host", interface: from, name }) - 1;
  }

  addGuestResource(instance: number, dtor: CoreEntry | null): number {
    if (dtor !== null && dtor.signature !== "i32 -> ")
      throw invalid(
        `it has a resource with a destructor of the type ${dtor.signature ?? "?"}; expected i32 -> ()`,
      );
    return this.#resources.push({ kind: "guest", instance, dtor: dtor?.item ?? null }) - 1;
  }

  /** Whether that component instance defines the resource, and so may see what stands for it. */
  isOwnResource(resource: number, instance: number): boolean {
    const found = this.#resources[resource];
    return found?.kind === "guest" && found.instance === instance;
  }

  addCoreInstance(module: CoreModule, instance: number, imports: CoreInstance["imports"]): number {
    const index = this.#modules.get(module) ?? this.#modules.size;
    this.#modules.set(module, index);
    return this.#coreInstances.push({ module: index, instance, imports }) - 1;
  }

  addMemory(item: CoreItem): number {
    const key = JSON.stringify(item);
    const found = this.#memories.get(key);
    if (found !== undefined) return found.index;
    const index = this.#memories.size;
    this.#memories.set(key, { index, item });
    return index;
  }

  addTrampoline(trampoline: Trampoline): CoreItem {
    return { trampoline: this.#trampolines.push(trampoline) - 1 };
  }

  plan(exports: PlanExport[]): LinkPlan {
    return {
      format: planFormat,
      modules: [...this.#modules.keys()].map(({ offset, size }) => ({ offset, size })),
      types: this.table.types,
      resources: this.#resources,
      instances: this.#parents.map((parent) => ({ parent, waits: false })),
      coreInstances: this.#coreInstances,
      memories: [...this.#memories.values()].map(({ item }) => item),
      trampolines: this.#trampolines,
      exports,
    };
  }
}
