import { malformed } from "../errors.ts";
import { type Func, type Named, partsOf, type Resource, type Shape, type Value } from "./types.ts";

/** Names and members of all types, each time that they are defined: far beyond every WIT, and quick to go through. */
const mostParts = 500_000;
/** Steps of all instantiations together. */
const mostSteps = 1_000_000;
/** Far beyond every WIT, and small enough for the stack of whoever walks a type. */
const deepest = 100;

/** Makes types, and says which are equal. */
export class TypeStore {
  readonly #structures = new Map<string, number>();
  readonly #primitives = new Map<string, Value>();
  #resources = 0;
  #parts = 0;
  #steps = 0;

  /** One object for each: they are never told apart by name. */
  primitive(name: (Shape & { kind: "primitive" })["name"]): Value {
    let found = this.#primitives.get(name);
    if (found === undefined) this.#primitives.set(name, (found = this.value({ kind: "primitive", name })));
    return found;
  }

  value(shape: Shape): Value {
    const value = { ...shape, structure: 0, depth: 1 } as Value;
    const parts = partsOf(value);
    value.depth = parts.reduce((most, part) => Math.max(most, part.depth + 1), 1);
    if (value.depth > deepest) throw malformed(`nests types more than ${deepest} deep`);
    value.structure = this.#structure(keyOf(shape), parts.length + namesIn(shape));
    return value;
  }

  func(params: Named<Value>[], result: Value | undefined, isAsync: boolean): Func {
    const key = `func ${isAsync} ${named(params)} ${result?.structure ?? "-"}`;
    return { kind: "func", params, result, isAsync, structure: this.#structure(key, params.length) };
  }

  resource(name: string): Resource {
    return { kind: "resource", id: this.#resources++, name };
  }

  /** Called for each step of work; bounds what components that instantiate each other take. */
  step(): void {
    if (++this.#steps > mostSteps) throw malformed(`takes more than ${mostSteps} steps to instantiate`);
  }

  #structure(key: string, parts: number): number {
    this.#parts += parts + 1;
    if (this.#parts > mostParts) throw malformed(`has types of more than ${mostParts} parts`);
    let found = this.#structures.get(key);
    if (found === undefined) this.#structures.set(key, (found = this.#structures.size));
    return found;
  }
}

function keyOf(shape: Shape): string {
  switch (shape.kind) {
    case "primitive":
      return shape.name;
    case "record":
      return `record ${named(shape.fields)}`;
    case "variant":
      return `variant ${named(shape.cases)}`;
    case "list":
    case "option":
    case "stream":
    case "future":
      return `${shape.kind} ${shape.of?.structure ?? "-"}`;
    case "fixed list":
      return `fixed list ${shape.of.structure} ${shape.length}`;
    case "map":
      return `map ${shape.key.structure} ${shape.value.structure}`;
    case "tuple":
      return `tuple ${shape.items.map((it) => it.structure).join(" ")}`;
    case "flags":
    case "enum":
      return `${shape.kind} ${JSON.stringify(shape.names)}`;
    case "result":
      return `result ${shape.ok?.structure ?? "-"} ${shape.err?.structure ?? "-"}`;
    case "own":
    case "borrow":
      return `${shape.kind} ${shape.resource.id}`;
  }
}

function named(parts: readonly Named<Value | undefined>[]): string {
  return JSON.stringify(parts.map(([name, it]) => [name, it?.structure ?? "-"]));
}

function namesIn(shape: Shape): number {
  return shape.kind === "flags" || shape.kind === "enum" ? shape.names.length : 0;
}
