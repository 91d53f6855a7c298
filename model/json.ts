export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Orders by UTF-16 code units: the same on every machine, unlike localeCompare. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * JSON with keys sorted by code units and no blanks: equal values give equal bytes. Members that are no JSON are left
 * out. Written by hand, since objects put keys that look like numbers first, whatever order they were set in.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => (isJson(item) ? canonicalJson(item) : "null")).join(",")}]`;
  // A date of TOML says itself how it is written.
  if (typeof value !== "object" || value === null || value instanceof Date)
    return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => isJson(member));
  const texts = members
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${texts.join(",")}}`;
}

function isJson(value: unknown): boolean {
  return !["undefined", "function", "symbol"].includes(typeof value);
}

/**
 * JSON.parse, without its fault with escapes in keys: V8 (seen in Node 24) may take a key for that of an earlier text
 * when both begin with a backslash: after `{"x":1,"\\":0}`, `{"x":1,"\n":0}` is read as the same. What it makes of a text
 * with escapes is not taken: each escape becomes a mark first, which is turned into its character afterwards.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value, deepest)) throw new SyntaxError(`The JSON text nests deeper than ${deepest}.`);
  if (!text.includes("\\")) return value;
  const mark = unusedCharacter(text);
  const marked = text.replaceAll(/\\(.)/g, (_, escape: string) => `${mark}${letters.get(escape) ?? escape}`);
  const unmark = (it: string): string =>
    it.includes(mark) ? (JSON.parse(`"${unlettered(it, mark).replaceAll(mark, "\\")}"`) as string) : it;
  return mapTexts(JSON.parse(marked), unmark);
}

/** What walks through JSON calls itself, and JSON.parse does not. */
const deepest = 1000;

/** Whether lists and tables nest deeper than `depth`; calls itself no more often than that. */
export function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeper(member, depth - 1));
}

/** For what may not stand in a string as it is: letters that are no escapes. */
const letters = new Map([
  ['"', "q"],
  ["\\", "z"],
]);

function unlettered(text: string, mark: string): string {
  return [...letters].reduce(
    (it, [character, letter]) => it.replaceAll(`${mark}${letter}`, `\\${character}`),
    text,
  );
}

/** Of the characters for private use, one that a text does not have; a text with all of them has other faults. */
function unusedCharacter(text: string): string {
  for (let code = 0xe000; code < 0xf900; code++) {
    const character = String.fromCharCode(code);
    if (!text.includes(character)) return character;
  }
  throw new SyntaxError("The JSON text has every character for private use.");
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [change(key), mapTexts(it, change)]));
}
