/** Keys and values as TOML text. The caller says which order the keys of a table have. */

export type Member = [key: string, value: unknown];
/** Puts the members of a table in the order in which they are written. */
export type KeyOrder = (table: object) => Member[];

export function keyText(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key);
}

/** A list of more than one entry takes a line each; everything else stays on one. */
export function valueText(value: unknown, inOrder: KeyOrder): string {
  if (Array.isArray(value) && value.length > 1)
    return `[\n${value.map((item) => `  ${inlineText(item, inOrder)},\n`).join("")}]`;
  return inlineText(value, inOrder);
}

/** On one line, since an inline table must not break. */
export function inlineText(value: unknown, inOrder: KeyOrder): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `[${value.map((item) => inlineText(item, inOrder)).join(", ")}]`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return String(value);
  const members = inOrder(value).filter(isThere);
  if (members.length === 0) return "{}";
  return `{ ${members.map(([key, member]) => `${keyText(key)} = ${inlineText(member, inOrder)}`).join(", ")} }`;
}

/** A line for each member that TOML can say. */
export function memberLines(members: readonly Member[], inOrder: KeyOrder): string[] {
  return members.filter(isThere).map(([key, value]) => `${keyText(key)} = ${valueText(value, inOrder)}`);
}

/** TOML has no null. */
function isThere([, value]: Member): boolean {
  return value !== undefined && value !== null;
}

/** TOML's words for what is no number are not JavaScript's, and whole numbers beyond 2^53 are none of its integers. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !text.includes("e") ? `${text}.0` : text;
}

/** TOML basic string: JSON's escapes are TOML's, but DEL must be escaped too, and lone surrogates cannot be written. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll("\u007f", "\\u007f");
}
