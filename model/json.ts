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
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => isJson(member));
  const texts = members
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${texts.join(",")}}`;
}

function isJson(value: unknown): boolean {
  return !["undefined", "function", "symbol"].includes(typeof value);
}
