/** Which keys and types a TOML document has: small judges, put together to say what is wrong with a whole. */
import { nearest } from "../did-you-mean.ts";
import { type Code, type Issue, issue } from "../errors/index.ts";
import { pathAt, pathTo } from "./path.ts";

/** Says what is wrong with a value at a path. */
export type Shape = (value: unknown, path: string) => Issue[];

/** How a kind of document speaks about itself. */
export interface DocumentCodes {
  /** At the beginning of a sentence: "The manifest". */
  title: string;
  type: Code;
  key: Code;
  missing: Code;
  /** What to add for a missing key, where its name does not say it. */
  hints?: Readonly<Record<string, string>>;
}

export interface Shapes {
  text: Shape;
  flag: Shape;
  /** A whole number that JavaScript holds exactly. */
  whole: Shape;
  anything: Shape;
  list(item: Shape): Shape;
  /** A table whose keys are names that the author chose. */
  map(member: Shape): Shape;
  /** Keys that end in `!` are required; `others` judges keys that are not named, which are unknown without it. */
  table(shapes: Record<string, Shape>, others?: Shape): Shape;
  either(isFirst: (value: unknown) => boolean, first: Shape, second: Shape): Shape;
  /** What a value is that should be something else: the issue of a shape of one's own. */
  wrongType(value: unknown, path: string, expected: string): Issue;
}

export function shapes(codes: DocumentCodes): Shapes {
  const wrongType = (value: unknown, path: string, expected: string): Issue =>
    issue(codes.type, path, `${path} is ${described(value)}; expected ${expected}.`);
  const scalar =
    (isRight: (value: unknown) => boolean, expected: string): Shape =>
    (value, path) =>
      isRight(value) ? [] : [wrongType(value, path, expected)];
  return {
    text: scalar((value) => typeof value === "string", "a string"),
    flag: scalar((value) => typeof value === "boolean", "a boolean"),
    whole: scalar(Number.isSafeInteger, "a whole number"),
    anything: () => [],
    list: (item) => (value, path) =>
      Array.isArray(value)
        ? value.flatMap((member, index) => item(member, pathAt(path, index)))
        : [wrongType(value, path, "a list")],
    map: (member) => (value, path) =>
      isTable(value)
        ? Object.entries(value).flatMap(([key, inner]) => member(inner, pathTo(path, key)))
        : [wrongType(value, path, "a table")],
    table: (members, others) => table(codes, wrongType, members, others),
    either: (isFirst, first, second) => (value, path) => (isFirst(value) ? first : second)(value, path),
    wrongType,
  };
}

export function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function table(
  codes: DocumentCodes,
  wrongType: Shapes["wrongType"],
  members: Record<string, Shape>,
  others?: Shape,
): Shape {
  const known = new Map(Object.entries(members).map(([key, shape]) => [key.replace("!", ""), shape]));
  const required = Object.keys(members).flatMap((key) => (key.endsWith("!") ? [key.slice(0, -1)] : []));
  return (value, path) => {
    if (!isTable(value)) return [wrongType(value, path, "a table")];
    const absent = required.filter((key) => !Object.hasOwn(value, key));
    // A misspelt key is named first: it is often why another one is missing.
    return [
      ...Object.entries(value).flatMap(([key, member]) => {
        const shape = known.get(key) ?? others;
        return shape === undefined ? [unknownKey(codes, path, key, known)] : shape(member, pathTo(path, key));
      }),
      ...absent.map((key) => missing(codes, path, key)),
    ];
  };
}

function described(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return "a date";
  if (typeof value === "object") return "a table";
  // JSON has no word for infinity and the like.
  return `the ${typeof value} ${typeof value === "number" ? value : JSON.stringify(value)}`;
}

function missing({ missing: code, title, hints = {} }: DocumentCodes, path: string, key: string): Issue {
  const table = /^[\w.-]+$/.test(path) ? `[${path}]` : path;
  const hint = hints[key] ?? (path === "" ? `Add a table [${key}].` : `Add ${key} to ${table}.`);
  const place = path === "" ? title : path;
  return issue(code, pathTo(path, key), `${place} has no "${key}", which Spin requires.`, { hint });
}

function unknownKey(
  { key: code, title }: DocumentCodes,
  path: string,
  key: string,
  known: ReadonlyMap<string, Shape>,
): Issue {
  const guess = nearest(key, known.keys());
  const place = path === "" ? title : path;
  const hint =
    guess === undefined
      ? `Remove it; known are ${[...known.keys()].join(", ")}.`
      : `Did you mean "${guess}"?`;
  return issue(code, pathTo(path, key), `${place} has the unknown key "${key}".`, { hint });
}
