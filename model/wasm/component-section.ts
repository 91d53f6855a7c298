/** Sections of a component (component-model, design/mvp/Binary.md). */
import type { Reader } from "./reader.ts";
import type { Found } from "./summary.ts";

const coreModuleSection = 1;
const importSection = 10;
const exportSection = 11;
const lastSection = 12;

/** Takes imports and exports from a section; others are only counted or skipped. */
export function readComponentSection(id: number, section: Reader, found: Found): void {
  if (id === coreModuleSection) found.coreModules++;
  else if (id === importSection) readImports(section, found.imports);
  else if (id === exportSection) readExports(section, found.exports);
  else if (id > lastSection) throw section.malformed(`has a section of the unknown kind ${id}`);
}

function readImports(section: Reader, imports: Set<string>): void {
  for (let left = section.count(); left > 0; left--) {
    imports.add(readExternName(section));
    skipExternType(section);
  }
  section.expectEnd();
}

function readExports(section: Reader, exports: Set<string>): void {
  for (let left = section.count(); left > 0; left--) {
    exports.add(readExternName(section));
    skipSortIndex(section);
    if (readFlag(section)) skipExternType(section);
  }
  section.expectEnd();
}

/** Names carry a leading byte: 0x00 and 0x01 plain, 0x02 followed by a list of attributes. */
function readExternName(section: Reader): string {
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

/** externtype: core module, function, value, type, component or instance. */
function skipExternType(section: Reader): void {
  const kind = section.byte();
  switch (kind) {
    case 0x00:
      if (section.byte() !== 0x11) throw section.malformed("has a core import that is no module");
      section.u32();
      return;
    case 0x01:
    case 0x04:
    case 0x05:
      section.u32();
      return;
    case 0x02:
      // Equal to a value, or of a type.
      readFlag(section);
      section.skipNumber();
      return;
    case 0x03:
      // Equal to a type, or a resource of its own.
      if (!readFlag(section)) section.u32();
      return;
    default:
      throw section.malformed(`has an import or export of the unknown kind ${kind}`);
  }
}

function skipSortIndex(section: Reader): void {
  const sort = section.byte();
  if (sort > 5) throw section.malformed(`has an export of the unknown sort ${sort}`);
  if (sort === 0) section.byte();
  section.u32();
}

function readFlag(section: Reader): boolean {
  const flag = section.byte();
  if (flag > 1) throw section.malformed(`has ${flag} where 0 or 1 belongs`);
  return flag === 1;
}
