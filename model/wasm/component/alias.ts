import type { Reader } from "../reader.ts";
import type { Alias, Sort } from "./definitions.ts";
import { readSort } from "./sort.ts";

/** `alias ::= sort 0x00 instance name | sort 0x01 core-instance name | sort 0x02 count index` */
export function readAlias(reader: Reader): Alias {
  const sort = readSort(reader);
  const target = reader.byte();
  switch (target) {
    case 0x00:
      return { kind: "alias export", sort, instance: reader.u32(), name: reader.name() };
    case 0x01:
      if (!isCore(sort)) throw reader.malformed(`takes a ${sort} from a core instance`);
      return { kind: "alias core export", sort, instance: reader.u32(), name: reader.name() };
    case 0x02:
      return { kind: "alias outer", sort, count: reader.u32(), index: reader.u32() };
    default:
      throw reader.malformed(`has an alias of the unknown kind ${target}`);
  }
}

function isCore(sort: Sort): sort is Extract<Sort, `core ${string}`> {
  return sort.startsWith("core ");
}
