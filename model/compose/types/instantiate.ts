import type { Definition, Named, SortIndex } from "../../wasm/component/definitions.ts";
import { malformed, unsupported } from "../errors.ts";
import { evaluateType } from "./evaluate-type.ts";
import { given, type OnMismatch } from "./given.ts";
import { Scope } from "./scope.ts";
import { resolveAlias, supply, type Supplier } from "./supply.ts";
import type { TypeStore } from "./type-store.ts";
import type { Component, Instance, Item } from "./types.ts";

/** What the imports of a component are given by; asked once for each, in their order. */
export type ImportSupplier = (name: string) => Supplier;

/** Instantiates a component as far as its types go: what it exports, with a new resource for each that it defines. */
export function instantiate(component: Component, imports: ImportSupplier, store: TypeStore): Instance {
  const scope = new Scope(component.scope);
  const exports = new Map<string, Item>();
  for (const definition of component.definition.definitions) {
    store.step();
    define(definition, scope, exports, imports, store);
  }
  return { exports };
}

function define(
  definition: Definition,
  scope: Scope,
  exports: Map<string, Item>,
  imports: ImportSupplier,
  store: TypeStore,
): void {
  switch (definition.kind) {
    case "core module":
      return scope.add({ sort: "core module", value: null });
    case "component":
      return scope.add({ sort: "component", value: { definition: definition.component, scope } });
    case "instance": {
      const component = scope.get("component", definition.component);
      const supplier = given(itemsOf(definition.args, scope), insideMismatch);
      return scope.add({ sort: "instance", value: instantiate(component, () => supplier, store) });
    }
    case "exports":
      return scope.add({ sort: "instance", value: { exports: itemsOf(definition.exports, scope) } });
    case "type":
      return scope.add({ sort: "type", value: evaluateType(definition.type, scope, store) });
    case "lift": {
      const value = scope.get("type", definition.type);
      if (value.kind !== "func")
        throw malformed(`lifts a function to the type ${definition.type}, which is a ${value.kind}`);
      return scope.add({ sort: "func", value });
    }
    case "import":
      return scope.add(supply(definition.name, definition.type, scope, imports(definition.name), store));
    case "export": {
      const { name, item, type } = definition;
      if (exports.has(name)) throw malformed(`exports "${name}" twice`);
      const own = scope.item(item.sort, item.index);
      // An ascribed type can only say less than what is exported.
      const supplier = given(new Map([[name, own]]), insideMismatch);
      const exported = type === undefined ? own : supply(name, type, scope, supplier, store);
      nameResource(name, exported);
      exports.set(name, exported);
      return scope.add(exported);
    }
    case "values":
      throw unsupported("values and a start function");
    case "alias export":
    case "alias outer":
      return resolveAlias(definition, scope);
    default:
    // The rest are definitions of the core.
  }
}

function itemsOf(named: readonly Named<SortIndex>[], scope: Scope): Map<string, Item> {
  const items = new Map<string, Item>();
  for (const [name, { sort, index }] of named) {
    if (items.has(name)) throw malformed(`gives "${name}" twice`);
    const item = scope.item(sort, index);
    nameResource(name, item);
    items.set(name, item);
  }
  return items;
}

/** A resource that a component defines has no name before something is exported or passed on by one. */
function nameResource(name: string, { value }: Item): void {
  if (value !== null && "kind" in value && value.kind === "resource" && value.name === "a resource")
    value.name = name;
}

const insideMismatch: OnMismatch = (place, wanted, found) =>
  malformed(`passes ${found} on as "${place.join('" "')}", which has to be ${wanted}`);
