import type { TypeDefinition, ValueTypeRef } from "../../wasm/component/definitions.ts";
import { malformed } from "../errors.ts";
import type { Scope } from "./scope.ts";
import type { TypeStore } from "./type-store.ts";
import type { Resource, Type, Value } from "./types.ts";

/** What a definition means in its scope; a resource is a new one. */
export function evaluateType(definition: TypeDefinition, scope: Scope, store: TypeStore): Type {
  const typeOf = (ref: ValueTypeRef): Value => valueOf(ref, scope, store);
  const optional = (ref: ValueTypeRef | undefined): Value | undefined =>
    ref === undefined ? undefined : typeOf(ref);
  switch (definition.kind) {
    case "primitive":
      return store.value({ kind: "primitive", name: definition.type });
    case "error-context":
      return store.value({ kind: "primitive", name: "error-context" });
    case "record":
      return store.value({
        kind: "record",
        fields: definition.fields.map(([name, ref]) => [name, typeOf(ref)]),
      });
    case "variant":
      return store.value({
        kind: "variant",
        cases: definition.cases.map(([name, ref]) => [name, optional(ref)]),
      });
    case "list":
    case "option":
      return store.value({ kind: definition.kind, of: typeOf(definition.of) });
    case "fixed list":
      return store.value({ kind: "fixed list", of: typeOf(definition.of), length: definition.length });
    case "map":
      return store.value({ kind: "map", key: typeOf(definition.key), value: typeOf(definition.value) });
    case "tuple":
      return store.value({ kind: "tuple", items: definition.items.map(typeOf) });
    case "flags":
    case "enum":
      return store.value({ kind: definition.kind, names: definition.names });
    case "result":
      return store.value({ kind: "result", ok: optional(definition.ok), err: optional(definition.err) });
    case "stream":
    case "future":
      return store.value({ kind: definition.kind, of: optional(definition.of) });
    case "own":
    case "borrow":
      return store.value({ kind: definition.kind, resource: resourceAt(definition.resource, scope) });
    case "func":
      return store.func(
        definition.params.map(([name, ref]) => [name, typeOf(ref)]),
        optional(definition.result),
        definition.isAsync,
      );
    case "resource":
      return store.resource("a resource");
    case "instance type":
    case "component type":
      return { kind: definition.kind, declarations: definition.declarations, scope };
  }
}

function resourceAt(index: number, scope: Scope): Resource {
  const type = scope.get("type", index);
  if (type.kind !== "resource")
    throw malformed(`uses the type ${index} as a resource, and it is a ${type.kind}`);
  return type;
}

function valueOf(ref: ValueTypeRef, scope: Scope, store: TypeStore): Value {
  if (typeof ref === "string") return store.primitive(ref);
  const type = scope.get("type", ref);
  switch (type.kind) {
    case "func":
    case "resource":
    case "instance type":
    case "component type":
      throw malformed(`uses the type ${ref} as a value, and it is a ${type.kind}`);
    default:
      return type;
  }
}
