/** What the type of an instance asks for, and who gives it. */
import type { ExternType } from "../../../model/wasm/component/definitions.ts";
import type { FuncType } from "../plan/link-plan.ts";
import { invalid, unsupported } from "../unsupported.ts";
import { resolveAlias } from "./alias.ts";
import { evaluateType } from "./evaluate-type.ts";
import { type Func, type Instance, type Item, Scope, type Type, type TypeClosure } from "./scope.ts";
import { funcTypeKey, type TypeTable } from "./type-table.ts";

/** Gives what is asked for by name, or throws. */
export interface Supplier {
  func(name: string, type: FuncType): Func;
  resource(name: string): number;
  /** A type that has to be equal to `type`. */
  equal(name: string, type: Type): Type;
  instance(name: string, type: TypeClosure): Instance;
  other(name: string, sort: "component" | "core module"): Item;
}

export interface Evaluation {
  table: TypeTable;
  /** Called for each step of work; throws when there were too many. */
  step: () => void;
}

/** An instance of that type, put together from what the supplier gives. */
export function supplyInstance(closure: TypeClosure, supplier: Supplier, evaluation: Evaluation): Instance {
  const scope = new Scope(closure.scope, closure.scope.instance);
  const exports = new Map<string, Item>();
  for (const declaration of closure.declarations) {
    evaluation.step();
    switch (declaration.kind) {
      case "core type":
        scope.add("core type", null);
        break;
      case "type":
        if (declaration.type.kind === "resource") throw invalid("it defines a resource inside a type");
        scope.add("type", evaluateType(declaration.type, scope, evaluation.table));
        break;
      case "export": {
        if (exports.has(declaration.name)) throw invalid(`it declares "${declaration.name}" twice`);
        const item = supply(declaration.name, declaration.type, scope, supplier);
        exports.set(declaration.name, item);
        scope.addItem(item);
        break;
      }
      case "import":
        throw invalid("it has an instance type with an import");
      default:
        resolveAlias(declaration, scope);
    }
  }
  return { exports };
}

/** What an import or a declared export of this type is. */
export function supply(name: string, extern: ExternType, scope: Scope, supplier: Supplier): Item {
  if (extern.kind === "core module") return supplier.other(name, extern.kind);
  if (extern.kind === "value") throw unsupported("values");
  if (extern.kind === "type") {
    const value: Type =
      extern.bound === "resource"
        ? { kind: "resource", resource: supplier.resource(name) }
        : supplier.equal(name, scope.get("type", extern.bound));
    return { sort: "type", value };
  }
  const type = scope.get("type", extern.type);
  if (extern.kind === "component" && type.kind === "component type") return supplier.other(name, "component");
  if (extern.kind === "func" && type.kind === "func")
    return { sort: "func", value: supplier.func(name, type.type) };
  if (extern.kind === "instance" && type.kind === "instance type")
    return { sort: "instance", value: supplier.instance(name, type) };
  throw invalid(`it declares "${name}" as ${extern.kind} with a type that is a ${type.kind}`);
}

/** Gives the exports of an instance, or the arguments of an instantiation, when they are what is asked for. */
export function supplierOf(given: ReadonlyMap<string, Item>, evaluation: Evaluation): Supplier {
  const find = <S extends Item["sort"]>(name: string, sort: S): ItemOf<S>["value"] => {
    const found = given.get(name);
    if (found === undefined) throw invalid(`nothing is given for its import "${name}"`);
    if (found.sort !== sort)
      throw invalid(`its import "${name}" is a ${sort}, and a ${found.sort} is given for it`);
    return (found as ItemOf<S>).value as ItemOf<S>["value"];
  };
  return {
    func: (name, type) => {
      const func = find(name, "func");
      if (funcTypeKey(func.func.type) !== funcTypeKey(type))
        throw invalid(`its import "${name}" is a function of another type than the one that is given for it`);
      return func;
    },
    resource: (name) => {
      const type = find(name, "type");
      if (type.kind !== "resource")
        throw invalid(`its import "${name}" is a resource, and a ${type.kind} is given for it`);
      return type.resource;
    },
    equal: (name, type) => {
      const found = find(name, "type");
      if (!areEqual(found, type))
        throw invalid(`its import "${name}" is another type than the one that is given for it`);
      return type;
    },
    instance: (name, type) =>
      supplyInstance(type, supplierOf(find(name, "instance").exports, evaluation), evaluation),
    other: (name, sort) => ({ sort, value: find(name, sort) }) as Item,
  };
}

type ItemOf<S extends Item["sort"]> = Extract<Item, { sort: S }>;

/** Types of instances and components count as equal: what they hold is compared where it is used. */
function areEqual(left: Type, right: Type): boolean {
  if (left.kind === "value" && right.kind === "value") return left.type === right.type;
  if (left.kind === "resource" && right.kind === "resource") return left.resource === right.resource;
  if (left.kind === "func" && right.kind === "func")
    return funcTypeKey(left.type) === funcTypeKey(right.type);
  return left.kind === right.kind;
}
