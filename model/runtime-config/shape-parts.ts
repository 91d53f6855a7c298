/** Shapes that only a runtime configuration has: tables by their `type`, and values that messages must not repeat. */
import { nearest } from "../did-you-mean.ts";
import { type Issue, issue } from "../errors/index.ts";
import { isTable, pathTo, type Shape } from "../toml/index.ts";

/** A table whose key `type` tells which keys there are besides. */
export function kinds(shapes: Record<string, Shape>): Shape {
  const known = new Map(Object.entries(shapes));
  const type = oneOf(...known.keys());
  return sectionOf("a table", (value, path) => {
    if (!isTable(value)) return [wrongType(path, value, "a table")];
    const at = pathTo(path, "type");
    if (!Object.hasOwn(value, "type")) {
      const message = `${path} has no "type"; expected ${choice(known.keys())}.`;
      return [
        issue("ERR_SPIN_RUNTIME_CONFIG_MISSING", at, message, { hint: `Add type to the table of ${path}.` }),
      ];
    }
    const found = value["type"];
    const shape = typeof found === "string" ? known.get(found) : undefined;
    return shape === undefined ? type(found, at) : shape(value, path);
  });
}

/** One of some words. */
export function oneOf(...words: string[]): Shape {
  return (value, path) => {
    if (typeof value !== "string") return [wrongType(path, value, choice(words))];
    if (words.includes(value)) return [];
    const guess = nearest(value, words);
    const message = `${path} is ${JSON.stringify(value)}; expected ${choice(words)}.`;
    const hint = guess === undefined ? {} : { hint: `Did you mean "${guess}"?` };
    return [issue("ERR_SPIN_RUNTIME_CONFIG_CHOICE", path, message, hint)];
  };
}

/** A string that may be, or hold, a secret. */
export const secretText: Shape = (value, path) =>
  typeof value === "string" ? [] : [wrongType(path, value, "a string")];

/** What stands in the place of a table or list may be a secret that slipped one level up. */
export function sectionOf(expected: string, shape: Shape): Shape {
  return (value, path) =>
    typeof value === "object" && value !== null ? shape(value, path) : [wrongType(path, value, expected)];
}

function wrongType(path: string, value: unknown, expected: string): Issue {
  const found = Array.isArray(value)
    ? "a list"
    : value instanceof Date
      ? "a date"
      : typeof value === "object"
        ? "a table"
        : `a ${typeof value}`;
  return issue("ERR_SPIN_RUNTIME_CONFIG_TYPE", path, `${path} is ${found}; expected ${expected}.`);
}

function choice(words: Iterable<string>): string {
  return `one of ${[...words].map((word) => `"${word}"`).join(", ")}`;
}
