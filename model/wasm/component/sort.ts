import type { Reader } from "../reader.ts";
import type { CoreSort, Sort, SortIndex } from "./definitions.ts";

const coreSorts: Readonly<Record<number, CoreSort>> = {
  0x00: "core func",
  0x01: "core table",
  0x02: "core memory",
  0x03: "core global",
  0x04: "core tag",
  0x10: "core type",
  0x11: "core module",
  0x12: "core instance",
};

const sorts: Readonly<Record<number, Sort>> = {
  0x01: "func",
  0x02: "value",
  0x03: "type",
  0x04: "component",
  0x05: "instance",
};

export function readCoreSort(reader: Reader): CoreSort {
  const code = reader.byte();
  const sort = coreSorts[code];
  if (sort === undefined) throw reader.malformed(`has the unknown core sort ${code}`);
  return sort;
}

export function readSort(reader: Reader): Sort {
  const code = reader.byte();
  if (code === 0) return readCoreSort(reader);
  const sort = sorts[code];
  if (sort === undefined) throw reader.malformed(`has the unknown sort ${code}`);
  return sort;
}

export function readSortIndex(reader: Reader): SortIndex {
  return { sort: readSort(reader), index: reader.u32() };
}

export function readCoreSortIndex(reader: Reader): SortIndex {
  return { sort: readCoreSort(reader), index: reader.u32() };
}

/** A list of `<T>`. */
export function readList<Item>(reader: Reader, read: (reader: Reader) => Item): Item[] {
  const items: Item[] = [];
  for (let left = reader.count(); left > 0; left--) items.push(read(reader));
  return items;
}
