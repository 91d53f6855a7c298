import type { Limits } from "../limits.ts";
import { readMemory } from "../memory.ts";
import { expectPreamble } from "../preamble.ts";
import type { Reader } from "../reader.ts";
import { readCoreExtern, readRecursiveTypes, type Signature } from "./core-type.ts";
import type { CoreExport, CoreImport, CoreKind, CoreModule } from "./definitions.ts";

const kinds: readonly CoreKind[] = ["func", "table", "memory", "global", "tag"];

const sections = { type: 1, import: 2, function: 3, memory: 5, export: 7 } as const;

/** Imports and exports of a core module, functions with their signatures; whether the rest is sound is the compiler's business. */
export function readCoreModule(reader: Reader, limits: Limits): CoreModule {
  const offset = reader.offset;
  const size = reader.left;
  expectPreamble(reader, "module");
  const types: (Signature | undefined)[] = [];
  const functions: number[] = [];
  const imports: CoreImport[] = [];
  let exports: CoreExport[] = [];
  const memories: Memories = {};
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const section = reader.section(reader.u32());
    if (id === sections.type) {
      for (let left = section.count(); left > 0; left--)
        for (const type of readRecursiveTypes(section)) types.push(type);
    } else if (id === sections.import) readImports(section, limits, types, functions, imports, memories);
    else if (id === sections.function) {
      for (let left = section.count(); left > 0; left--) functions.push(section.u32());
    } else if (id === sections.memory) {
      for (let left = section.count(); left > 0; left--) noteMemory(readMemory(section, false), memories);
    } else if (id === sections.export) exports = readExports(section, limits, types, functions);
  }
  return { offset, size, imports, exports, ...memories };
}

function readImports(
  section: Reader,
  limits: Limits,
  types: readonly (Signature | undefined)[],
  functions: number[],
  imports: CoreImport[],
  memories: Memories,
): void {
  for (let left = section.count(); left > 0; left--) {
    limits.keep();
    const module = section.name();
    const name = section.name();
    const extern = readCoreExtern(section);
    const kind = kinds[extern.code];
    if (kind === undefined) throw section.malformed("has an import of an unknown kind");
    if (kind === "memory") noteMemory(extern, memories);
    if (kind !== "func" || extern.type === undefined) {
      imports.push({ module, name, kind });
      continue;
    }
    functions.push(extern.type);
    imports.push({ module, name, kind, signature: types[extern.type] ?? "?" });
  }
}

function readExports(
  section: Reader,
  limits: Limits,
  types: readonly (Signature | undefined)[],
  functions: readonly number[],
): CoreExport[] {
  const exports: CoreExport[] = [];
  for (let left = section.count(); left > 0; left--) {
    limits.keep();
    const name = section.name();
    const kind = kinds[section.byte()];
    const index = section.u32();
    if (kind === undefined) throw section.malformed("has an export of an unknown kind");
    exports.push(
      kind === "func" ? { name, kind, signature: types[functions[index] ?? -1] ?? "?" } : { name, kind },
    );
  }
  return exports;
}

type Memories = Pick<CoreModule, "isShared" | "is64">;

function noteMemory({ isShared, is64 }: Memories, memories: Memories): void {
  if (isShared === true) memories.isShared = true;
  if (is64 === true) memories.is64 = true;
}
