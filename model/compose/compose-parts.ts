import { SpinError } from "../errors/index.ts";
import { exportOf, exportsOf, PartWriter } from "./encode/part-writer.ts";
import { ImportPool } from "./import-pool.ts";
import { inPart, type Part } from "./part.ts";
import { given } from "./types/given.ts";
import { instantiate } from "./types/instantiate.ts";
import { resourcesIn } from "./types/resources-in.ts";
import { TypeStore } from "./types/type-store.ts";
import type { Instance, Item } from "./types/types.ts";

/**
 * One component of several: each part is instantiated once, after those that it takes from; `exports` of `outermost` are
 * exported. Equal input gives equal bytes. ERR_SPIN_COMPOSE_*, ERR_SPIN_WASM_MALFORMED.
 */
export function composeParts(
  parts: readonly Part[],
  outermost: Part,
  exports: readonly string[],
): Uint8Array {
  const store = new TypeStore();
  const pool = new ImportPool(store);
  const instances = new Map<Part, Instance>();
  for (const part of parts) {
    instances.set(
      part,
      inPart(part.label, () => instantiatePart(part, pool, instances, store)),
    );
    pool.checkResources(part.label);
  }
  checkExports(outermost, exports, exportsOf(instances, outermost), pool);
  return new PartWriter(pool, instances).write(parts, outermost, exports);
}

function instantiatePart(
  part: Part,
  pool: ImportPool,
  instances: ReadonlyMap<Part, Instance>,
  store: TypeStore,
): Instance {
  const outside = pool.supplier(part.label);
  const imports = (wanted: string): ReturnType<typeof given> => {
    const arg = part.args.get(wanted);
    if (arg === undefined) return outside;
    const item = exportOf(instances, arg);
    return given(new Map([[wanted, item]]), (place, asked, found) => {
      const what = place.map((it) => `"${it}"`).join(" ");
      return new SpinError(
        "ERR_SPIN_COMPOSE_TYPE",
        `${part.label} imports ${what} as ${asked}, and ${arg.part.label} gives ${found}.`,
      );
    });
  };
  return instantiate({ definition: part.definition, scope: undefined }, imports, store);
}

/** A resource of a part goes out only with the export that it comes from. */
function checkExports(
  outermost: Part,
  exports: readonly string[],
  items: ReadonlyMap<string, Item>,
  pool: ImportPool,
): void {
  const known = new Set<number>();
  for (const exported of exports) {
    const item = items.get(exported);
    if (item === undefined) continue;
    const types = item.sort === "instance" ? [...item.value.exports.values()] : [item];
    for (const { sort, value } of types)
      if (sort === "type" && value.kind === "resource") known.add(value.id);
    const hidden = resourcesIn(item).find((it) => !known.has(it.id) && !pool.has(it));
    if (hidden === undefined) continue;
    throw new SpinError(
      "ERR_SPIN_COMPOSE_RESOURCE",
      `${outermost.label} exports "${exported}" with the resource "${hidden.name}" of a part that is composed with it and not exported.`,
    );
  }
}
