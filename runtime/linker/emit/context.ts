import type { CoreItem, Options } from "../plan/link-plan.ts";
import type { Source } from "./source.ts";

/** Where values are read from or written to, and who is on the other side. */
export interface ValueContext {
  source: Source;
  options: Options;
  /** Between a component and the host, values are what host functions see; between components, resources stay numbers. */
  other: "host" | "component";
  /** Whether lent handles are noted, so that they can be told from others until the call has ended. */
  notesLent: boolean;
}

/** What tells contexts apart whose generated functions differ. */
export function contextKey({ options, other, notesLent }: ValueContext): string {
  const { instance, encoding, memory, realloc } = options;
  return [instance, encoding, memory, itemKey(realloc), other, notesLent].join(" ");
}

function itemKey(item: CoreItem | null): string {
  return item === null ? "" : JSON.stringify(item);
}

/** The number of the memory; the plan has checked that there is one. */
export function memoryOf({ options }: ValueContext): number {
  return options.memory ?? -1;
}

/** Statement: views on a memory that has grown are made anew. */
export function refresh(memory: number): string {
  return `if (bytes${memory}.length === 0) refresh${memory}();`;
}
