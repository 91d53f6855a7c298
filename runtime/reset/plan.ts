import type { Effects } from "./code/effects.ts";
import type { ImportName } from "./module/layout.ts";

/**
 * How an instance is given back the state that it had when it was made, from the cheapest way to the dearest:
 * the pages that were written, all memory, or another instance in its place.
 */
export type ResetLevel = (typeof levels)[number];

const levels = ["dirty-pages", "memory", "fresh-instance"] as const;

/** The dearer of two levels. */
export function worst(one: ResetLevel, other: ResetLevel): ResetLevel {
  return levels[Math.max(levels.indexOf(one), levels.indexOf(other))] ?? "fresh-instance";
}

/** Why a module's instances cannot be reset in a cheaper way. */
export interface Obstacle {
  /** The best that is left. */
  leaves: Exclude<ResetLevel, "dirty-pages">;
  /** For a person, as the end of "the module …". */
  reason: string;
}

/** What whoever instantiates a rewritten module has to know. Plain data, so that it can be cached beside it. */
export interface ModulePlan {
  /** Exports with the mutable globals. */
  globals: string[];
  /** Exports with the memories that the module defines. */
  memories: string[];
  /** Exports with the tables that the module defines. */
  tables: string[];
  /** Export with the marks of its memory and the flag; absent in a module that has none, or uses another's. */
  marks?: string;
  /** Whether every write of the module to its memory is marked. */
  hasMarks: boolean;
  /** Pages that its memory has besides those it says; the instance counts those of them that are not used. */
  headroom?: number;
  /** Where the module wants the marks of the memory that it imports. */
  wantsMarks?: { as: ImportName; memory: ImportName };
  /** Export with a table whose only element is called when the flag is raised. */
  pause?: string;
  obstacles: Obstacle[];
  effects: Effects;
}
