/** What a core module consists of, as far as rewriting it needs to know (WebAssembly core specification 3.0, 5.5). */
import { skipValueType, UnreadableCode } from "../code/instructions.ts";
import { expectPreamble } from "../../../model/wasm/preamble.ts";
import { skipConstant } from "./constant.ts";
import { Reader } from "../../../model/wasm/reader.ts";
import { readMemory, skipTableLimits } from "../../../model/wasm/memory.ts";
import type { WasmMemory } from "../../../model/wasm/summary.ts";

export const sectionIds = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

export interface FunctionType {
  parameters: number;
  results: number;
}

export interface Global {
  /** The value type's byte. */
  type: number;
  isMutable: boolean;
}

/** Whether a global changes and JavaScript can read and write it whole: i32, i64, f32 and f64. */
export function isRestorable({ type, isMutable }: Global): boolean {
  return isMutable && type >= 0x7c && type <= 0x7f;
}

/** Names by which a module imports something. */
export type ImportName = readonly [module: string, name: string];

export interface Sections {
  /** Contents by id, without the custom sections. */
  contents: ReadonlyMap<number, Uint8Array>;
  /** Content of the custom section `name`, for stack traces. */
  names: Uint8Array | undefined;
}

export interface ModuleLayout {
  sections: Sections;
  /** How many entries the type section has: a recursion group is one, whatever it holds. */
  typeEntries: number;
  /** `undefined` for what is no function. */
  types: (FunctionType | undefined)[];
  /** Type of each function, imported ones first. */
  functions: number[];
  importedFunctions: number;
  tables: number;
  importedTables: number;
  memories: WasmMemory[];
  /** Where imported memories come from, in order. */
  importedMemories: ImportName[];
  /** Imported ones first. */
  globals: Global[];
  importedGlobals: number;
  importModules: Set<string>;
  exportNames: Set<string>;
}

/** ERR_SPIN_WASM_MALFORMED for what is no module. */
export function readSections(bytes: Uint8Array): Sections {
  const reader = new Reader(bytes);
  expectPreamble(reader, "module");
  const contents = new Map<number, Uint8Array>();
  let names: Uint8Array | undefined;
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const content = reader.slice(reader.u32());
    if (id !== sectionIds.custom) {
      if (contents.has(id)) throw reader.malformed(`has two sections of the kind ${id}`);
      contents.set(id, content);
    } else if (new Reader(content).name() === "name") names = content.subarray(5);
  }
  return { contents, names };
}

/** UnreadableCode for what is newer than this host. */
export function readLayout(sections: Sections): ModuleLayout {
  const layout: ModuleLayout = {
    sections,
    typeEntries: 0,
    types: [],
    functions: [],
    importedFunctions: 0,
    tables: 0,
    importedTables: 0,
    memories: [],
    importedMemories: [],
    globals: [],
    importedGlobals: 0,
    importModules: new Set(),
    exportNames: new Set(),
  };
  for (const [id, read] of readers) {
    const content = sections.contents.get(id);
    if (content !== undefined) read(new Reader(content), layout);
  }
  return layout;
}

const readers: readonly [number, (section: Reader, layout: ModuleLayout) => void][] = [
  [sectionIds.type, readTypes],
  [sectionIds.import, readImports],
  [sectionIds.function, readFunctions],
  [sectionIds.table, (section, layout) => void (layout.tables += section.count())],
  [sectionIds.memory, readMemories],
  [sectionIds.global, readGlobals],
  [sectionIds.export, readExports],
];

function readTypes(section: Reader, layout: ModuleLayout): void {
  layout.typeEntries = section.count();
  for (let left = layout.typeEntries; left > 0; left--) {
    if (section.byte() !== 0x60) throw new UnreadableCode("types of garbage-collected objects");
    const parameters = skipTypes(section);
    layout.types.push({ parameters, results: skipTypes(section) });
  }
}

/** Returns how many there were. */
function skipTypes(section: Reader): number {
  const count = section.count();
  for (let left = count; left > 0; left--) skipValueType(section);
  return count;
}

function readImports(section: Reader, layout: ModuleLayout): void {
  for (let left = section.count(); left > 0; left--) {
    const name: ImportName = [section.name(), section.name()];
    layout.importModules.add(name[0]);
    const kind = section.byte();
    if (kind === 0) {
      layout.functions.push(section.u32());
      layout.importedFunctions++;
    } else if (kind === 1) {
      skipValueType(section);
      skipTableLimits(section);
      layout.tables++;
      layout.importedTables++;
    } else if (kind === 2) {
      layout.memories.push(readMemory(section, true));
      layout.importedMemories.push(name);
    } else if (kind === 3) {
      layout.globals.push(readGlobalType(section));
      layout.importedGlobals++;
    } else if (kind === 4) {
      section.byte();
      section.u32();
    } else throw section.malformed(`has an import of the unknown kind ${kind}`);
  }
}

function readFunctions(section: Reader, layout: ModuleLayout): void {
  for (let left = section.count(); left > 0; left--) layout.functions.push(section.u32());
}

function readMemories(section: Reader, layout: ModuleLayout): void {
  for (let left = section.count(); left > 0; left--) layout.memories.push(readMemory(section, false));
}

function readGlobals(section: Reader, layout: ModuleLayout): void {
  for (let left = section.count(); left > 0; left--) {
    layout.globals.push(readGlobalType(section));
    skipConstant(section);
  }
}

function readGlobalType(section: Reader): Global {
  const type = section.byte();
  if (type === 0x63 || type === 0x64) section.skipNumber();
  return { type, isMutable: (section.byte() & 1) !== 0 };
}

function readExports(section: Reader, layout: ModuleLayout): void {
  for (let left = section.count(); left > 0; left--) {
    layout.exportNames.add(section.name());
    section.byte();
    section.u32();
  }
}
