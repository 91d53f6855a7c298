import { parseInterface } from "../../model/capability/interfaces.ts";
import type {
  Declaration,
  Named,
  TypeDefinition,
  ValueTypeRef,
} from "../../model/wasm/component/definitions.ts";

export interface InterfaceText {
  types: Map<string, string>;
  functions: Map<string, string>;
  /** What other interfaces call its types: `wasi:io/poll.pollable`, or what an alias stands for. */
  exported: Map<string, string | undefined>;
}

/** No type of a WIT is longer; text that doubles with each definition would be without end. */
const longest = 8_192;

/** Types that stand for themselves: two of them are equal when their names are. */
const nominal: readonly string[] = ["record", "variant", "enum", "flags"];

/**
 * An instance type in the words of WIT, so that two of them can be compared as text. Aliases are gone: what is written is
 * what they stand for. `outer`: the texts of the types of the component around it. What this host has nothing of
 * (`stream`, `async`) is written as `?`, which equals no type of it.
 */
export function readInterface(
  name: string,
  declarations: readonly Declaration[],
  outer: readonly (string | undefined)[],
): InterfaceText {
  const own = `${parseInterface(name).name}.`;
  const found: InterfaceText = { types: new Map(), functions: new Map(), exported: new Map() };
  const texts: string[] = [];
  const definitions: (TypeDefinition | undefined)[] = [];
  const add = (text: string | undefined, definition?: TypeDefinition) => {
    texts.push(text === undefined || text.length > longest ? "?" : text);
    definitions.push(definition);
  };
  const shown = (text: string) => text.replaceAll(own, "");
  const exportType = (exportName: string, bound: number | "resource") => {
    const definition = bound === "resource" ? undefined : definitions[bound];
    const isNominal = bound === "resource" || (definition !== undefined && nominal.includes(definition.kind));
    const text = bound === "resource" ? "resource" : texts[bound];
    if (isNominal) found.types.set(exportName, shown(text ?? "?"));
    add(isNominal ? own + exportName : text);
    found.exported.set(exportName, texts.at(-1));
  };
  for (const declaration of declarations) {
    if (declaration.kind === "type") add(typeText(declaration.type, texts), declaration.type);
    else if (declaration.kind === "alias outer") {
      if (declaration.sort === "type")
        add(declaration.count === 1 ? outer[declaration.index] : texts[declaration.index]);
    } else if (declaration.kind === "export") {
      const { type } = declaration;
      if (type.kind === "type") exportType(declaration.name, type.bound);
      else found.functions.set(declaration.name, type.kind === "func" ? shown(texts[type.type] ?? "?") : "?");
    } else if (declaration.kind === "alias export" && declaration.sort === "type") add(undefined);
  }
  return found;
}

function typeText(type: TypeDefinition, texts: readonly string[]): string {
  const ref = (it: ValueTypeRef | undefined): string =>
    it === undefined ? "_" : typeof it === "number" ? (texts[it] ?? "?") : it;
  const named = (members: readonly Named<ValueTypeRef>[]) =>
    members.map(([name, it]) => `${name}: ${ref(it)}`).join(", ");
  switch (type.kind) {
    case "primitive":
      return type.type;
    case "list":
    case "option":
      return `${type.kind}<${ref(type.of)}>`;
    case "tuple":
      return `tuple<${type.items.map(ref).join(", ")}>`;
    case "result":
      if (type.err === undefined) return type.ok === undefined ? "result" : `result<${ref(type.ok)}>`;
      return `result<${ref(type.ok)}, ${ref(type.err)}>`;
    case "own":
      return texts[type.resource] ?? "?";
    case "borrow":
      return `borrow<${texts[type.resource] ?? "?"}>`;
    case "record":
      return `record { ${named(type.fields)} }`;
    case "variant":
      return `variant { ${type.cases.map(([name, it]) => (it === undefined ? name : `${name}(${ref(it)})`)).join(", ")} }`;
    case "enum":
    case "flags":
      return `${type.kind} { ${type.names.join(", ")} }`;
    case "func":
      if (type.isAsync) return "?";
      // Names of parameters are no part of what a caller and a callee agree on.
      return `func(${type.params.map(([, it]) => ref(it)).join(", ")})${type.result === undefined ? "" : ` -> ${ref(type.result)}`}`;
    default:
      return "?";
  }
}
