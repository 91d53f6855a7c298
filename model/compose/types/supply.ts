/** What the type of an import asks for, and who gives it. */
import type { Alias, ExternType } from "../../wasm/component/definitions.ts";
import { malformed, unsupported } from "../errors.ts";
import { evaluateType } from "./evaluate-type.ts";
import { Scope } from "./scope.ts";
import type { TypeStore } from "./type-store.ts";
import type { Func, Instance, Item, Resource, Type, TypeClosure } from "./types.ts";

/** Gives what is asked for by name, or throws. */
export interface Supplier {
  func(name: string, type: Func): Func;
  resource(name: string): Resource;
  /** A type that has to be equal to `type`. */
  equal(name: string, type: Type): Type;
  /** Who gives what an instance of that name exports. */
  inside(name: string): Supplier;
  other(name: string, sort: "component" | "core module"): Item;
}

/** What an import or a declared export of this type is. */
export function supply(
  name: string,
  extern: ExternType,
  scope: Scope,
  supplier: Supplier,
  store: TypeStore,
): Item {
  switch (extern.kind) {
    case "value":
      throw unsupported("values");
    case "core module":
      return supplier.other(name, extern.kind);
    case "type": {
      const value =
        extern.bound === "resource"
          ? supplier.resource(name)
          : supplier.equal(name, scope.get("type", extern.bound));
      return { sort: "type", value };
    }
  }
  const type = scope.get("type", extern.type);
  if (extern.kind === "component" && type.kind === "component type") return supplier.other(name, "component");
  if (extern.kind === "func" && type.kind === "func")
    return { sort: "func", value: supplier.func(name, type) };
  if (extern.kind === "instance" && type.kind === "instance type")
    return { sort: "instance", value: supplyInstance(type, supplier.inside(name), store) };
  throw malformed(`declares "${name}" as ${extern.kind} with a type that is a ${type.kind}`);
}

/** An instance of that type, put together from what the supplier gives. */
function supplyInstance(closure: TypeClosure, supplier: Supplier, store: TypeStore): Instance {
  const scope = new Scope(closure.scope);
  const exports = new Map<string, Item>();
  for (const declaration of closure.declarations) {
    store.step();
    switch (declaration.kind) {
      case "core type":
        break;
      case "type":
        scope.add({ sort: "type", value: evaluateType(declaration.type, scope, store) });
        break;
      case "export": {
        if (exports.has(declaration.name)) throw malformed(`declares "${declaration.name}" twice`);
        const item = supply(declaration.name, declaration.type, scope, supplier, store);
        exports.set(declaration.name, item);
        scope.add(item);
        break;
      }
      case "import":
        throw malformed("has an instance type with an import");
      default:
        resolveAlias(declaration, scope);
    }
  }
  return { exports };
}

/** Adds what an alias stands for to the index space of its sort. */
export function resolveAlias(alias: Alias, scope: Scope): void {
  if (alias.kind === "alias core export") return;
  if (alias.kind === "alias outer") {
    if (alias.sort !== "core type") scope.add(scope.outer(alias.count).item(alias.sort, alias.index));
    return;
  }
  const found = scope.get("instance", alias.instance).exports.get(alias.name);
  if (found === undefined)
    throw malformed(`takes "${alias.name}" from an instance that exports no such thing`);
  if (found.sort !== alias.sort)
    throw malformed(`takes "${alias.name}" as ${alias.sort}, and it is a ${found.sort}`);
  scope.add(found);
}
