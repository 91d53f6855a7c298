import { byCodeUnit } from "../json.ts";
import type { ExternKind, Found } from "./found.ts";
import type { WasmWorld, WasmWorldItems } from "./summary.ts";

/** Imports and exports of a component as a WIT world tells them apart. */
export function worldOf({ imports, exports }: Found): WasmWorld {
  return { imports: itemsOf(imports), exports: itemsOf(exports) };
}

function itemsOf(named: ReadonlyMap<string, ExternKind>): WasmWorldItems {
  const items: WasmWorldItems = { interfaces: [], functions: [], instances: [], types: [], others: [] };
  for (const name of [...named.keys()].sort(byCodeUnit)) items[groupOf(name, named.get(name))].push(name);
  return items;
}

function groupOf(name: string, kind: ExternKind | undefined): keyof WasmWorldItems {
  if (kind === "instance") return isInterfaceName(name) ? "interfaces" : "instances";
  if (kind === "function") return "functions";
  return kind === "type" ? "types" : "others";
}

/** `namespace:package/interface[@version]`; other names with colons say `kind=` first. */
function isInterfaceName(name: string): boolean {
  return /^[^=/]+:[^=/]+\/[^=]+$/.test(name);
}
