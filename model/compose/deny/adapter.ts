import { list, name, u32 } from "../../wasm/bytes.ts";
import { ImportWriter } from "../encode/import-writer.ts";
import { ComponentWriter, sectionIds, sorts } from "../encode/sections.ts";
import type { ImportPool, PooledImport } from "../import-pool.ts";
import type { Instance } from "../types/types.ts";
import { planFunctions } from "./plan-functions.ts";
import { shimFor } from "./shim.ts";
import { writeCoreModule } from "./core-module.ts";

/**
 * A component that exports interfaces in place of the host: their functions answer that it is not permitted, or trap.
 * `pool` has the imports of the component that it is for, `denied` those of them that the adapter gives.
 */
export function denyAdapter(pool: ImportPool, denied: readonly PooledImport[]): Uint8Array {
  const writer = new ComponentWriter();
  const { types } = new ImportWriter(writer, pool, (wanted) => denied.includes(wanted));
  const own = new Set<number>();
  for (const { item } of denied)
    for (const { sort, value } of (item.value as Instance).exports.values())
      if (sort === "type" && value.kind === "resource" && value.named === undefined) {
        own.add(value.id);
        types.name(value, writer.define(sectionIds.type, "type", [0x3f, 0x7f, 0x00]));
      }
  const plan = planFunctions(denied, own);
  const typeIndices = plan.functions.map(({ type }) => types.index(type));
  const builtIns = plan.builtIns.map(({ kind, resource }) =>
    writer.define(sectionIds.canon, "core func", [
      kind === "drop" ? 0x03 : 0x02,
      ...u32(types.index(resource)),
    ]),
  );
  const module = writer.embed("core module", writeCoreModule(plan));
  const given = writer.define(sectionIds.coreInstance, "core instance", [
    0x01,
    ...list(plan.imports.map((it, index) => [...name(it.name), 0x00, ...u32(builtIns[index] ?? 0)])),
  ]);
  const core = writer.define(sectionIds.coreInstance, "core instance", [
    0x00,
    ...u32(module),
    ...list([[...name(""), 0x12, ...u32(given)]]),
  ]);
  const aliasOf = (sort: "core func" | "core memory", exported: string): number =>
    writer.define(sectionIds.alias, sort, [...sorts[sort], 0x01, ...u32(core), ...name(exported)]);
  const memory = aliasOf("core memory", "memory");
  const realloc = aliasOf("core func", "realloc");
  const options = list([
    [0x03, ...u32(memory)],
    [0x04, ...u32(realloc)],
  ]);
  const lifted = new Map(
    plan.functions.map(({ name: exported }, index) => {
      const func = aliasOf("core func", exported);
      const bytes = [0x00, 0x00, ...u32(func), ...options, ...u32(typeIndices[index] ?? 0)];
      return [exported, writer.define(sectionIds.canon, "func", bytes)];
    }),
  );
  for (const { name: exported, item } of denied) {
    const shim = shimFor(item.value as Instance);
    const args = [
      ...shim.types.map((it) => [...name(it.name), ...sorts.type, ...u32(types.index(it.type))]),
      ...shim.functions.map((it) => {
        const func = lifted.get(`${exported}#${it.label}`) ?? 0;
        return [...name(it.name), ...sorts.func, ...u32(func)];
      }),
    ];
    const component = writer.embed("component", shim.bytes);
    const bytes = [0x00, ...u32(component), ...list(args)];
    const instance = writer.define(sectionIds.instance, "instance", bytes);
    writer.define(sectionIds.export, "instance", [
      0x00,
      ...name(exported),
      ...sorts.instance,
      ...u32(instance),
      0x00,
    ]);
  }
  return writer.finish();
}
