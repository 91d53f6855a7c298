/** What is added to a module, and under which numbers: after what the module has itself, so that nothing of it moves. */
import type { Obstacle } from "../plan.ts";
import { freeName } from "./free-name.ts";
import { type ImportName, isRestorable, type ModuleLayout } from "./layout.ts";

export interface Additions {
  /** The memory with marks and flag: its index, and whether the module imports it from the owner of its memory. */
  memory: { index: number; wants: { as: ImportName; memory: ImportName } | undefined } | undefined;
  hasMarks: boolean;
  hasChecks: boolean;
  /** Types and functions: (i32, i32) → () that marks a range, () → () that pauses. */
  rangeType: number;
  pauseType: number;
  markRange: number;
  pause: number;
  pauseTable: number;
  names: { marks: string; pause: string; memory: string; global: string; table: string };
  obstacles: Obstacle[];
}

const prefix = "pulumi-spin:reset";
const wasmPageBytes = 65_536;

export function planAdditions(layout: ModuleLayout, wanted: { marks: boolean; checks: boolean }): Additions {
  const { memories, importedMemories, types, functions, tables, exportNames } = layout;
  const obstacles: Obstacle[] = [];
  if (wanted.marks) {
    for (const reason of unmarkable(layout)) obstacles.push({ leaves: "memory", reason });
  }
  for (const reason of unrestorable(layout)) obstacles.push({ leaves: "fresh-instance", reason });
  // An import would come before the memory that the module defines, and move it.
  const canAddMemory = importedMemories.length === 0 || importedMemories.length === memories.length;
  const hasMarks = wanted.marks && memories.length === 1 && obstacles.length === 0;
  const hasChecks = wanted.checks && canAddMemory;
  const [owner] = importedMemories;
  const as: ImportName = [freeName(prefix, layout.importModules), "marks"];
  return {
    memory:
      hasMarks || hasChecks
        ? { index: memories.length, wants: owner === undefined ? undefined : { as, memory: owner } }
        : undefined,
    hasMarks,
    hasChecks,
    rangeType: types.length,
    pauseType: types.length + 1,
    markRange: functions.length,
    pause: functions.length + 1,
    pauseTable: tables,
    names: {
      marks: freeName(`${prefix}/marks`, exportNames),
      pause: freeName(`${prefix}/pause`, exportNames),
      memory: freeName(`${prefix}/memory`, exportNames),
      global: freeName(`${prefix}/global`, exportNames),
      table: freeName(`${prefix}/table`, exportNames),
    },
    obstacles,
  };
}

/** Why writes cannot be followed. */
function unmarkable({ memories }: ModuleLayout): string[] {
  const [memory, ...more] = memories;
  if (more.length > 0) return [`has ${memories.length} memories`];
  if (memory?.is64 === true) return ["has a memory with 64-bit addresses"];
  if (memory?.pageSizeBytes !== undefined && memory.pageSizeBytes !== wasmPageBytes)
    return [`has a memory with pages of ${memory.pageSizeBytes} bytes`];
  return [];
}

/** Why the host could not give an instance back what it had at first. */
function unrestorable({ memories, globals, importedGlobals }: ModuleLayout): string[] {
  const reasons: string[] = [];
  if (memories.some(({ isShared }) => isShared)) reasons.push("shares its memory with other threads");
  if (globals.slice(importedGlobals).some((global) => global.isMutable && !isRestorable(global)))
    reasons.push("has a mutable global that holds no number");
  return reasons;
}
