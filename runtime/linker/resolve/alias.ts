import type { Alias, CoreSort, Sort } from "../../../model/wasm/component/definitions.ts";
import { invalid } from "../unsupported.ts";
import type { CoreEntry, Item, Scope } from "./scope.ts";

const outerSorts: readonly Sort[] = ["core module", "core type", "type", "component"];

/** Adds what an alias stands for to the index space of its sort. */
export function resolveAlias(alias: Alias, scope: Scope): void {
  switch (alias.kind) {
    case "alias export": {
      const found = exportOf(scope, alias.instance, alias.name);
      if (found.sort !== alias.sort)
        throw invalid(`it takes "${alias.name}" as ${alias.sort}, and it is a ${found.sort}`);
      scope.addItem(found);
      return;
    }
    case "alias core export": {
      const { exports } = scope.get("core instance", alias.instance);
      const found = exports.get(alias.name);
      if (found === undefined)
        throw invalid(`it takes "${alias.name}" from a core instance that exports no such thing`);
      addCore(scope, alias.sort, alias.name, found);
      return;
    }
    case "alias outer": {
      if (!outerSorts.includes(alias.sort)) throw invalid(`it has an outer alias of a ${alias.sort}`);
      scope.add(alias.sort, scope.outer(alias.count).get(alias.sort, alias.index));
      return;
    }
  }
}

/** Adds an export of a core instance, which has to be of this sort. */
export function addCore(scope: Scope, sort: CoreSort, name: string, found: CoreEntry): void {
  if (sort !== `core ${found.kind}`)
    throw invalid(`it takes "${name}" as ${sort}, and it is a core ${found.kind}`);
  scope.add(sort, found);
}

function exportOf(scope: Scope, instance: number, name: string): Item {
  const found = scope.get("instance", instance).exports.get(name);
  if (found === undefined) throw invalid(`it takes "${name}" from an instance that exports no such thing`);
  return found;
}
