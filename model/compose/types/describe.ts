import type { Func, Type, Value } from "./types.ts";

/** A type as WIT writes it, for messages; what is nested deeper than three levels is left out. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case "resource":
      return `the resource ${type.name}`;
    case "func":
      return describeFunc(type);
    case "instance type":
    case "component type":
      return `an ${type.kind}`;
    default:
      return describeValue(type, 3);
  }
}

export function describeFunc({ params, result, isAsync }: Func): string {
  const list = params.map(([name, type]) => `${name}: ${describeValue(type, 3)}`);
  const arrow = result === undefined ? "" : ` -> ${describeValue(result, 3)}`;
  return `${isAsync ? "async " : ""}func(${list.join(", ")})${arrow}`;
}

function describeValue(type: Value, depth: number): string {
  if (depth === 0) return "…";
  const inner = (part: Value | undefined): string =>
    part === undefined ? "_" : describeValue(part, depth - 1);
  switch (type.kind) {
    case "primitive":
      return type.name;
    case "record":
      return `record { ${type.fields.map(([name, part]) => `${name}: ${inner(part)}`).join(", ")} }`;
    case "variant":
      return `variant { ${type.cases.map(([name, part]) => (part === undefined ? name : `${name}(${inner(part)})`)).join(", ")} }`;
    case "flags":
    case "enum":
      return `${type.kind} { ${type.names.join(", ")} }`;
    case "list":
    case "option":
      return `${type.kind}<${inner(type.of)}>`;
    case "fixed list":
      return `list<${inner(type.of)}, ${type.length}>`;
    case "map":
      return `map<${inner(type.key)}, ${inner(type.value)}>`;
    case "tuple":
      return `tuple<${type.items.map(inner).join(", ")}>`;
    case "result":
      return type.ok === undefined && type.err === undefined
        ? "result"
        : `result<${inner(type.ok)}, ${inner(type.err)}>`;
    case "stream":
    case "future":
      return type.of === undefined ? type.kind : `${type.kind}<${inner(type.of)}>`;
    case "own":
      return type.resource.name;
    case "borrow":
      return `borrow<${type.resource.name}>`;
  }
}
