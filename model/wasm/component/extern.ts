import { readExternName } from "../component-section.ts";
import type { Reader } from "../reader.ts";
import type { Definition, ExternType } from "./definitions.ts";
import { readSortIndex } from "./sort.ts";

export function readImport(reader: Reader): Definition & { kind: "import" } {
  return { kind: "import", name: readExternName(reader), type: readExternType(reader) };
}

export function readExport(reader: Reader): Definition & { kind: "export" } {
  const name = readExternName(reader);
  const item = readSortIndex(reader);
  const hasType = readFlag(reader);
  return { kind: "export", name, item, type: hasType ? readExternType(reader) : undefined };
}

const kinds = { 0x01: "func", 0x04: "component", 0x05: "instance" } as const;

export function readExternType(reader: Reader): ExternType {
  const code = reader.byte();
  switch (code) {
    case 0x00:
      if (reader.byte() !== 0x11) throw reader.malformed("has a core import that is no module");
      return { kind: "core module", type: reader.u32() };
    case 0x01:
    case 0x04:
    case 0x05:
      return { kind: kinds[code], type: reader.u32() };
    case 0x02:
      // Equal to a value, or of a type.
      readFlag(reader);
      reader.skipNumber();
      return { kind: "value" };
    case 0x03:
      return { kind: "type", bound: readFlag(reader) ? "resource" : reader.u32() };
    default:
      throw reader.malformed(`has an import or export of the unknown kind ${code}`);
  }
}

/** A byte that is 0 or 1. */
export function readFlag(reader: Reader): boolean {
  const flag = reader.byte();
  if (flag > 1) throw reader.malformed(`has ${flag} where 0 or 1 belongs`);
  return flag === 1;
}
