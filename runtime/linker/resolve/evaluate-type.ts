import type { TypeDefinition, ValueTypeRef } from "../../../model/wasm/component/definitions.ts";
import { asynchronous, invalid, unsupported } from "../unsupported.ts";
import type { Scope, Type } from "./scope.ts";
import type { TypeTable } from "./type-table.ts";

/** What a definition means in its scope; resources are made by who instantiates. */
export function evaluateType(
  definition: Exclude<TypeDefinition, { kind: "resource" }>,
  scope: Scope,
  table: TypeTable,
): Type {
  const value = (type: number): Type => ({ kind: "value", type });
  const typeOf = (ref: ValueTypeRef) => valueType(ref, scope, table);
  const optional = (ref: ValueTypeRef | undefined) => (ref === undefined ? null : typeOf(ref));
  switch (definition.kind) {
    case "primitive":
      return value(table.primitive(definition.type));
    case "list":
      return value(table.list(typeOf(definition.of)));
    case "option":
      return value(table.option(typeOf(definition.of)));
    case "record":
      return value(table.record(definition.fields.map(([name, ref]) => [name, typeOf(ref)])));
    case "tuple":
      return value(table.tuple(definition.items.map(typeOf)));
    case "variant":
      return value(table.variant(definition.cases.map(([name, ref]) => [name, optional(ref)])));
    case "enum":
    case "flags":
      return value(table.names(definition.kind, definition.names));
    case "result":
      return value(table.result(optional(definition.ok), optional(definition.err)));
    case "own":
    case "borrow":
      return value(table.handle(definition.kind, resourceAt(definition.resource, scope)));
    case "func": {
      if (definition.isAsync) throw unsupported(asynchronous);
      table.spend(definition.params.length);
      const params = definition.params.map(([, ref]) => typeOf(ref));
      const result = optional(definition.result);
      if (result !== null && table.at(result).hasBorrow)
        throw invalid("it has a function that returns a borrow");
      return { kind: "func", type: { params, result } };
    }
    case "stream":
    case "future":
    case "error-context":
      throw unsupported(asynchronous);
    case "fixed list":
      throw unsupported("lists of a fixed length");
    case "map":
      throw unsupported("maps");
    case "instance type":
    case "component type":
      return { kind: definition.kind, declarations: definition.declarations, scope };
  }
}

/** The resource that a type index stands for. */
export function resourceAt(index: number, scope: Scope): number {
  const type = scope.get("type", index);
  if (type.kind !== "resource")
    throw invalid(`it uses type ${index} as a resource, and it is a ${type.kind}`);
  return type.resource;
}

function valueType(ref: ValueTypeRef, scope: Scope, table: TypeTable): number {
  if (ref === "error-context") throw unsupported(asynchronous);
  if (typeof ref === "string") return table.primitive(ref);
  const type = scope.get("type", ref);
  if (type.kind !== "value") throw invalid(`it uses type ${ref} as a value, and it is a ${type.kind}`);
  return type.type;
}
