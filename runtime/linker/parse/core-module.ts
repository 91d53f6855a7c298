import type { Limits } from "../../../model/wasm/limits.ts";
import { readMemory } from "../../../model/wasm/memory.ts";
import { expectPreamble } from "../../../model/wasm/preamble.ts";
import type { Reader } from "../../../model/wasm/reader.ts";
import { unsupported } from "../unsupported.ts";
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
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const section = reader.section(reader.u32());
    if (id === sections.type) {
      for (let left = section.count(); left > 0; left--)
        for (const type of readRecursiveTypes(section)) types.push(type);
    } else if (id === sections.import) readImports(section, limits, types, functions, imports);
    else if (id === sections.function) {
      for (let left = section.count(); left > 0; left--) functions.push(section.u32());
    } else if (id === sections.memory) {
      for (let left = section.count(); left > 0; left--) checkMemory(readMemory(section, false));
    } else if (id === sections.export) exports = readExports(section, limits, types, functions);
  }
  return { offset, size, imports, exports };
}

function readImports(
  section: Reader,
  limits: Limits,
  types: readonly (Signature | undefined)[],
  functions: number[],
  imports: CoreImport[],
): void {
  for (let left = section.count(); left > 0; left--) {
    limits.keep();
    const module = section.name();
    const name = section.name();
    const extern = readCoreExtern(section);
    const kind = kinds[extern.code];
    if (kind === undefined) throw section.malformed("has an import of an unknown kind");
    if (kind === "memory") checkMemory({ isShared: extern.isShared === true, is64: extern.is64 === true });
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

/** Views on a shared memory see other threads; pointers of a 64-bit memory are other types in the canonical ABI. */
function checkMemory({ isShared, is64 }: { isShared: boolean; is64: boolean }): void {
  if (isShared) throw unsupported("shared memories");
  if (is64) throw unsupported("memories of 64 bits");
}
