/** Sections of a core module (WebAssembly core specification, 5.5). */
import type { Reader } from "./reader.ts";
import type { Found } from "./summary.ts";

const importSection = 2;
const exportSection = 7;
/** Tags came last. */
const lastSection = 13;

/** Takes imports as `module#field` and exports from a section; others are skipped. */
export function readModuleSection(id: number, section: Reader, found: Found): void {
  if (id === importSection) readImports(section, found.imports);
  else if (id === exportSection) readExports(section, found.exports);
  else if (id > lastSection) throw section.malformed(`has a section of the unknown kind ${id}`);
}

function readImports(section: Reader, imports: Set<string>): void {
  for (let left = section.count(); left > 0; left--) {
    imports.add(`${section.name()}#${section.name()}`);
    skipExternType(section);
  }
  section.expectEnd();
}

function readExports(section: Reader, exports: Set<string>): void {
  for (let left = section.count(); left > 0; left--) {
    exports.add(section.name());
    section.byte();
    section.u32();
  }
  section.expectEnd();
}

/** Function, table, memory, global or tag. */
function skipExternType(section: Reader): void {
  const kind = section.byte();
  switch (kind) {
    case 0:
      section.u32();
      return;
    case 1:
      skipValueType(section);
      skipLimits(section);
      return;
    case 2:
      skipLimits(section);
      return;
    case 3:
      skipValueType(section);
      section.byte();
      return;
    case 4:
      section.byte();
      section.u32();
      return;
    default:
      throw section.malformed(`has an import of the unknown kind ${kind}`);
  }
}

/** References with a heap type take a number after their byte. */
function skipValueType(section: Reader): void {
  const code = section.byte();
  if (code === 0x63 || code === 0x64) section.skipNumber();
}

/** Bit 0: there is a maximum; bit 3: pages have a size of their own. Memories may count in 64 bits. */
function skipLimits(section: Reader): void {
  const flags = section.byte();
  section.skipNumber();
  if ((flags & 0b0001) !== 0) section.skipNumber();
  if ((flags & 0b1000) !== 0) section.skipNumber();
}
