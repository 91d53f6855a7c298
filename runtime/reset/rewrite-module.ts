/**
 * Rewrites a core module so that its instances can be reset, paused and kept within limits. A pure function: the same bytes
 * give the same bytes. Nothing that the module has is renumbered; what is added comes last.
 */
import { UnreadableCode } from "./code/instructions.ts";
import { rewriteCode } from "./code/rewrite-code.ts";
import { assemble, assembleLimited } from "./module/assemble.ts";
import { readLayout, readSections, sectionIds } from "./module/layout.ts";
import { type CoreLimits, limitMemories, limitTables } from "./module/limits.ts";
import { planAdditions } from "./module/additions.ts";
import type { ModulePlan } from "./plan.ts";

export interface RewriteOptions extends CoreLimits {
  /** Marks the pages that are written. */
  marks: boolean;
  /** Checks in loops and calls whether the guest has to pause. */
  checks: boolean;
  /** Pages that a memory whose writes are marked gets besides those it says; see state/mark-map.ts. */
  headroomPages?: number;
}

export interface RewrittenModule {
  bytes: Uint8Array<ArrayBuffer>;
  plan: ModulePlan;
}

/** Part of the key under which results are cached: another one for every change of what is written. */
export const rewriterVersion = 1;

/** ERR_SPIN_WASM_MALFORMED for what is no module, ERR_SPIN_RUNTIME_MEMORY_LIMIT for one that begins beyond its limits. */
export function rewriteModule(bytes: Uint8Array, options: RewriteOptions): RewrittenModule {
  const sections = readSections(bytes);
  const memorySection = sections.contents.get(sectionIds.memory) ?? none;
  const limited = limitMemories(memorySection, options, 0);
  const tables = limitTables(sections.contents.get(sectionIds.table) ?? none, options);
  try {
    const layout = readLayout(sections);
    const additions = planAdditions(layout, options);
    const { bodies, effects } = rewriteCode(layout, additions);
    const memories = limitMemories(memorySection, options, additions.headroom);
    return assemble(layout, { memories, tables, bodies, effects, additions });
  } catch (error) {
    if (!(error instanceof UnreadableCode)) throw error;
    return assembleLimited(sections, { memories: limited, tables }, error.message);
  }
}

const none = Uint8Array.of(0);
