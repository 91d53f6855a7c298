import { readExternName } from "../component-section.ts";
import type { Reader } from "../reader.ts";
import type { Definition, Named, SortIndex } from "./definitions.ts";
import { readCoreSortIndex, readList, readSortIndex } from "./sort.ts";

/** `0x00 module (name 0x12 instance)*`, or `0x01` and exports. */
export function readCoreInstance(reader: Reader): Definition {
  const form = reader.byte();
  if (form === 0x00)
    return { kind: "core instance", module: reader.u32(), args: readList(reader, readCoreArg) };
  if (form !== 0x01) throw reader.malformed(`has a core instance of the unknown kind ${form}`);
  return { kind: "core exports", exports: readList(reader, readCoreExport) };
}

/** `0x00 component (name sortidx)*`, or `0x01` and exports. */
export function readInstance(reader: Reader): Definition {
  const form = reader.byte();
  if (form === 0x00) return { kind: "instance", component: reader.u32(), args: readList(reader, readArg) };
  if (form !== 0x01) throw reader.malformed(`has an instance of the unknown kind ${form}`);
  return { kind: "exports", exports: readList(reader, readInlineExport) };
}

function readCoreArg(reader: Reader): Named<number> {
  const name = reader.name();
  if (reader.byte() !== 0x12) throw reader.malformed("gives a core module something else than an instance");
  return [name, reader.u32()];
}

function readCoreExport(reader: Reader): Named<SortIndex> {
  return [reader.name(), readCoreSortIndex(reader)];
}

function readArg(reader: Reader): Named<SortIndex> {
  return [reader.name(), readSortIndex(reader)];
}

function readInlineExport(reader: Reader): Named<SortIndex> {
  return [readExternName(reader), readSortIndex(reader)];
}
