/** Sections of a component (component-model, design/mvp/Binary.md), but for those that hold whole binaries. */
import type { ExternKind, Found } from "./found.ts";
import type { Reader } from "./reader.ts";

const importSection = 10;
const exportSection = 11;
const lastSection = 12;

/** In the order of their numbers. Of the core sorts only modules can be imported and exported. */
const kinds: readonly ExternKind[] = ["module", "function", "value", "type", "component", "instance"];

/** Takes imports and exports from a section; others are skipped. */
export function readComponentSection(id: number, section: Reader, found: Found): void {
  if (id === importSection) readImports(section, found);
  else if (id === exportSection) readExports(section, found);
  else if (id > lastSection) throw section.malformed(`has a section of the unknown kind ${id}`);
}

/** Names carry a leading byte: 0x00 and 0x01 plain, 0x02 followed by a list of attributes. */
export function readExternName(section: Reader): string {
  const form = section.byte();
  if (form > 2) throw section.malformed(`has a name of the unknown form ${form}`);
  const name = section.name();
  if (form === 2) {
    for (let left = section.count(); left > 0; left--) {
      section.byte();
      section.name();
    }
  }
  return name;
}

function readImports(section: Reader, found: Found): void {
  for (let left = section.count(); left > 0; left--) {
    found.limits.keep();
    const name = readExternName(section);
    found.imports.set(name, readExternType(section));
    found.importCount++;
  }
  section.expectEnd();
}

function readExports(section: Reader, found: Found): void {
  for (let left = section.count(); left > 0; left--) {
    found.limits.keep();
    const name = readExternName(section);
    found.exports.set(name, readSortIndex(section));
    found.exportCount++;
    if (readFlag(section)) readExternType(section);
  }
  section.expectEnd();
}

function readExternType(section: Reader): ExternKind {
  const code = section.byte();
  const kind = kinds[code];
  switch (kind) {
    case "module":
      if (section.byte() !== 0x11) throw section.malformed("has a core import that is no module");
      section.u32();
      break;
    case "value":
      // Equal to a value, or of a type.
      readFlag(section);
      section.skipNumber();
      break;
    case "type":
      // Equal to a type, or a resource of its own.
      if (!readFlag(section)) section.u32();
      break;
    case "function":
    case "component":
    case "instance":
      section.u32();
      break;
    default:
      throw section.malformed(`has an import or export of the unknown kind ${code}`);
  }
  return kind;
}

function readSortIndex(section: Reader): ExternKind {
  const sort = section.byte();
  const kind = kinds[sort];
  if (kind === undefined) throw section.malformed(`has an export of the unknown sort ${sort}`);
  if (kind === "module") section.byte();
  section.u32();
  return kind;
}

function readFlag(section: Reader): boolean {
  const flag = section.byte();
  if (flag > 1) throw section.malformed(`has ${flag} where 0 or 1 belongs`);
  return flag === 1;
}
