/** What is added to a module, and under which numbers: after what the module has itself, so that nothing of it moves. */
import type { WasmMemory } from "../../../model/wasm/summary.ts";
import { headroomPages } from "../state/mark-map.ts";
import type { Obstacle } from "../plan.ts";
import { freeName } from "./free-name.ts";
import { type ImportName, isRestorable, type ModuleLayout } from "./layout.ts";

export interface Additions {
  /** The memory with marks and flag: its index, and whether the module imports it from the owner of its memory. */
  memory: { index: number; wants: { as: ImportName; memory: ImportName } | undefined } | undefined;
  hasMarks: boolean;
  hasChecks: boolean;
  /** Types and functions: (i32, i32) → () marks a range, () → () pauses, (i32) → i32 grows. */
  rangeType: number;
  pauseType: number;
  growType: number;
  markRange: number;
  pause: number;
  grow: number;
  /** Pages that the memory gets besides those it says. */
  headroom: number;
  pauseTable: number;
  names: { marks: string; pause: string; memory: string; global: string; table: string };
  obstacles: Obstacle[];
}

const prefix = "pulumi-spin:reset";
const wasmPageBytes = 65_536;

export function planAdditions(
  layout: ModuleLayout,
  wanted: { marks: boolean; checks: boolean; memoryBytes: number; headroomPages?: number },
): Additions {
  const { memories, importedMemories, types, functions, tables, exportNames } = layout;
  const obstacles: Obstacle[] = [];
  const unfollowed = wanted.marks ? unmarkable(layout) : [];
  const isShared = memories.some((memory) => memory.isShared);
  for (const reason of unfollowed) obstacles.push({ leaves: "memory", reason });
  for (const reason of unrestorable(layout)) obstacles.push({ leaves: "fresh-instance", reason });
  // An import would come before the memory that the module defines, and move it.
  const canAddMemory = importedMemories.length === 0 || importedMemories.length === memories.length;
  const hasMarks = wanted.marks && memories.length === 1 && unfollowed.length === 0 && !isShared;
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
    growType: types.length + 2,
    markRange: functions.length,
    pause: functions.length + 1,
    grow: functions.length + 2,
    headroom: hasMarks && owner === undefined ? headroomOf(memories[0], wanted) : 0,
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

function headroomOf(
  memory: WasmMemory | undefined,
  wanted: { memoryBytes: number; headroomPages?: number },
): number {
  if (memory === undefined) return 0;
  const fit = Math.min(65_536, Math.floor(wanted.memoryBytes / wasmPageBytes));
  const most = Math.min(memory.maximumPages ?? fit, fit);
  return Math.max(0, Math.min(wanted.headroomPages ?? headroomPages, most - memory.minimumPages));
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
