/** Sections of a core module (WebAssembly core specification, 5.5). */
import type { ExternKind, Found } from "./found.ts";
import { readMemory, skipTableLimits } from "./memory.ts";
import type { Reader } from "./reader.ts";

const importSection = 2;
const memorySection = 5;
const exportSection = 7;
/** Tags came last. */
const lastSection = 13;

const kinds: readonly ExternKind[] = ["function", "table", "memory", "global", "tag"];

/** Takes imports as `module#field`, memories and exports from a section; others are skipped. */
export function readModuleSection(id: number, section: Reader, found: Found): void {
  if (id === importSection) readImports(section, found);
  else if (id === memorySection) readMemories(section, found);
  else if (id === exportSection) readExports(section, found);
  else if (id > lastSection) throw section.malformed(`has a section of the unknown kind ${id}`);
}

function readImports(section: Reader, found: Found): void {
  for (let left = section.count(); left > 0; left--) {
    found.limits.keep();
    const name = `${section.name()}#${section.name()}`;
    found.imports.set(name, readExternType(section, found));
    found.importCount++;
  }
  section.expectEnd();
}

function readMemories(section: Reader, found: Found): void {
  for (let left = section.count(); left > 0; left--) {
    found.limits.keep();
    found.memories.push(readMemory(section, false));
  }
  section.expectEnd();
}

function readExports(section: Reader, found: Found): void {
  for (let left = section.count(); left > 0; left--) {
    found.limits.keep();
    const name = section.name();
    const code = section.byte();
    const kind = kinds[code];
    if (kind === undefined) throw section.malformed(`has an export of the unknown kind ${code}`);
    section.u32();
    found.exports.set(name, kind);
    found.exportCount++;
  }
  section.expectEnd();
}

function readExternType(section: Reader, found: Found): ExternKind {
  const code = section.byte();
  const kind = kinds[code];
  switch (kind) {
    case "function":
      section.u32();
      break;
    case "table":
      skipValueType(section);
      skipTableLimits(section);
      break;
    case "memory":
      found.memories.push(readMemory(section, true));
      break;
    case "global":
      skipValueType(section);
      section.byte();
      break;
    case "tag":
      section.byte();
      section.u32();
      break;
    default:
      throw section.malformed(`has an import of the unknown kind ${code}`);
  }
  return kind;
}

/** References with a heap type take a number after their byte. */
function skipValueType(section: Reader): void {
  const code = section.byte();
  if (code === 0x63 || code === 0x64) section.skipNumber();
}
