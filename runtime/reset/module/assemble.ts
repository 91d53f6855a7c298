/** Puts the sections together again, each with what is added at its end. */
import type { Effects } from "../code/effects.ts";
import { noEffects } from "../code/effects.ts";
import { growBody } from "../code/sizes.ts";
import { markRangeBody, pauseBody } from "../code/own-functions.ts";
import type { ModulePlan, Obstacle } from "../plan.ts";
import { Reader } from "../../../model/wasm/reader.ts";
import { mapPages, unusedOffset } from "../state/mark-map.ts";
import type { Additions } from "./additions.ts";
import { AddedEntries, encoded } from "./entries.ts";
import { isRestorable, type ModuleLayout, sectionIds, type Sections } from "./layout.ts";
import { Writer } from "./writer.ts";

export interface Parts {
  memories: readonly Uint8Array[];
  tables: readonly Uint8Array[];
  /** Of functions, each with its size before it. */
  bodies: Uint8Array;
  effects: Effects;
  additions: Additions;
}

export interface Assembled {
  bytes: Uint8Array<ArrayBuffer>;
  plan: ModulePlan;
}

const i32 = 0x7f;
const kinds = { function: 0, table: 1, memory: 2, global: 3 };
/** Minimum and maximum are the same, and threads share it: the flag is raised by one of them. */
const markMemory = encoded([0b11], mapPages, mapPages);

function emptyPlan(): ModulePlan {
  return { globals: [], memories: [], tables: [], hasMarks: false, obstacles: [], effects: noEffects() };
}

export function assemble(layout: ModuleLayout, parts: Parts): Assembled {
  const { additions, effects, bodies } = parts;
  const added = new AddedEntries();
  const plan: ModulePlan = {
    ...emptyPlan(),
    hasMarks: additions.hasMarks,
    obstacles: obstaclesOf(additions, effects),
    effects,
  };
  exportState(layout, additions, added, plan);
  const ownsMemory = layout.memories.length > layout.importedMemories.length;
  if (additions.memory !== undefined && (ownsMemory || effects.marks + effects.checks + effects.sizes > 0))
    addMarks(additions, additions.memory, added, plan);
  const contents = new Map(layout.sections.contents);
  replaceLimits(contents, parts);
  const dataCount = contents.get(sectionIds.dataCount);
  if (dataCount !== undefined && plan.headroom !== undefined)
    contents.set(sectionIds.dataCount, encoded(new Reader(dataCount).u32() + 1));
  if (contents.has(sectionIds.code)) {
    const functions = layout.functions.length - layout.importedFunctions;
    contents.set(sectionIds.code, encoded(functions, bodies));
  }
  return { bytes: joined({ contents, names: layout.sections.names }, added), plan };
}

/** A module whose code could not be read gets its limits and nothing else. */
export function assembleLimited(
  { contents, names }: Sections,
  limited: Pick<Parts, "memories" | "tables">,
  problem: string,
): Assembled {
  const changed = new Map(contents);
  replaceLimits(changed, limited);
  const obstacles: Obstacle[] = [
    { leaves: "fresh-instance", reason: `uses what this host cannot follow: ${problem}` },
  ];
  return {
    bytes: joined({ contents: changed, names }, new AddedEntries()),
    plan: { ...emptyPlan(), obstacles },
  };
}

function i32Const(value: number): Uint8Array {
  const code = new Writer();
  code.byte(0x41);
  code.s32(value);
  return code.written();
}

function replaceLimits(
  contents: Map<number, Uint8Array>,
  { memories, tables }: Pick<Parts, "memories" | "tables">,
): void {
  if (memories.length > 0) contents.set(sectionIds.memory, encoded(memories.length, ...memories));
  if (tables.length > 0) contents.set(sectionIds.table, encoded(tables.length, ...tables));
}

/** Lets the host reach mutable globals, memories and tables, by names that the module does not have. */
function exportState(
  { globals, importedGlobals, memories, importedMemories, tables, importedTables }: ModuleLayout,
  { names }: Additions,
  added: AddedEntries,
  plan: ModulePlan,
): void {
  const exportAs = (list: string[], name: string, kind: number, index: number): void => {
    list.push(`${name}/${index}`);
    added.add(sectionIds.export, `${name}/${index}`, [kind], index);
  };
  for (const [index, global] of globals.entries())
    if (isRestorable(global) && index >= importedGlobals)
      exportAs(plan.globals, names.global, kinds.global, index);
  for (let index = importedMemories.length; index < memories.length; index++)
    exportAs(plan.memories, names.memory, kinds.memory, index);
  for (let index = importedTables; index < tables; index++)
    exportAs(plan.tables, names.table, kinds.table, index);
}

function addMarks(
  additions: Additions,
  { index, wants }: NonNullable<Additions["memory"]>,
  added: AddedEntries,
  plan: ModulePlan,
): void {
  const { names, rangeType, pauseType, growType, pauseTable, headroom } = additions;
  added.add(sectionIds.type, [0x60, 2, i32, i32, 0]);
  added.add(sectionIds.type, [0x60, 0, 0]);
  added.add(sectionIds.type, [0x60, 1, i32, 1, i32]);
  added.add(sectionIds.function, rangeType);
  added.add(sectionIds.function, pauseType);
  added.add(sectionIds.function, growType);
  for (const body of [markRangeBody(index), pauseBody(additions), growBody(index)])
    added.add(sectionIds.code, body.length, body);
  added.add(sectionIds.table, [0x70, 0b1, 1, 1]);
  added.add(sectionIds.export, names.pause, [kinds.table], pauseTable);
  plan.pause = names.pause;
  if (wants === undefined) {
    added.add(sectionIds.memory, markMemory);
    added.add(sectionIds.export, names.marks, [kinds.memory], index);
    plan.marks = names.marks;
    if (headroom > 0) {
      const unused = Uint8Array.from([headroom, 0, 0, 0]);
      added.add(sectionIds.data, [2], index, i32Const(unusedOffset), [0x0b], unused.length, unused);
      plan.headroom = headroom;
    }
  } else {
    added.add(sectionIds.import, ...wants.as, [kinds.memory], markMemory);
    plan.wantsMarks = wants;
  }
}

function obstaclesOf({ obstacles }: Additions, effects: Effects): Obstacle[] {
  const found = [
    effects.changesTables && "changes tables while it runs",
    effects.dropsSegments && "drops segments of data or elements while it runs",
  ];
  return [
    ...obstacles,
    ...found.flatMap((reason) => (reason === false ? [] : [{ leaves: "fresh-instance" as const, reason }])),
  ];
}

/** Tags stand before globals, the count of data segments before code. */
const order = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

function joined({ contents, names }: Sections, added: AddedEntries): Uint8Array<ArrayBuffer> {
  const module = new Writer([...contents.values()].reduce((sum, { length }) => sum + length, 65_536));
  module.raw([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  for (const id of order) {
    const content = added.appendedTo(id, contents.get(id));
    if (content === undefined) continue;
    module.byte(id);
    module.sized(content);
  }
  if (names !== undefined) {
    module.byte(sectionIds.custom);
    module.sized(encoded("name", names));
  }
  return module.written();
}
