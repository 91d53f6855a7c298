import { ImportPool, type PooledImport } from "../import-pool.ts";
import { inPart, type Part, partOf } from "../part.ts";
import { instantiate } from "../types/instantiate.ts";
import { resourcesIn } from "../types/resources-in.ts";
import { TypeStore } from "../types/type-store.ts";
import { denyAdapter } from "./adapter.ts";
import { type Inheritance, isDenied } from "./capability-sets.ts";

/** The part itself with what keeps it from the configuration that it does not inherit; parts in their order. */
export function withoutRights(part: Part, inherit: Inheritance): Part[] {
  const store = new TypeStore();
  const pool = new ImportPool(store);
  inPart(part.label, () => {
    const supplier = pool.supplier(part.label);
    instantiate({ definition: part.definition, scope: undefined }, () => supplier, store);
  });
  const denied = deniedIn(pool, inherit);
  if (denied.length === 0) return [part];
  const adapter = partOf(`the adapter that keeps rights from ${part.label}`, denyAdapter(pool, denied));
  const args = new Map(denied.map(({ name }) => [name, { part: adapter, name }] as const));
  return [adapter, { ...part, args }];
}

/** Whatever has to do with a resource of a denied interface is denied with it: the host's would be another. */
function deniedIn(pool: ImportPool, inherit: Inheritance): PooledImport[] {
  const instances = pool.imports.filter(({ item }) => item.sort === "instance");
  const denied = new Set(instances.filter(({ name }) => isDenied(name, inherit)));
  for (let before = -1; before !== denied.size;) {
    before = denied.size;
    for (const wanted of instances)
      for (const resource of resourcesIn(wanted.item)) {
        const owner = pool.originOf(resource);
        if (owner !== undefined && denied.has(owner.import)) denied.add(wanted);
      }
  }
  return pool.imports.filter((wanted) => denied.has(wanted));
}
