import { byCodeUnit, type Json } from "../json.ts";

/** Spin keeps its maps sorted, and leaves out what is empty. */
export function sortedRecord<T>(entries: [string, T][], by = byCodeUnit): Record<string, T> {
  return Object.fromEntries(entries.sort(([a], [b]) => by(a, b)));
}

/** The value with sorted keys, all the way down; members that are `undefined` are left out. */
export function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value as Json;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return sortedRecord(members.map(([key, member]) => [key, sorted(member)]));
}

export function unlessEmpty<K extends string, V extends string | object>(
  key: K,
  value: V | undefined,
): { [P in K]?: V } {
  const isEmpty =
    value === undefined || (typeof value === "string" ? value : Object.keys(value)).length === 0;
  return isEmpty ? {} : ({ [key]: value } as { [P in K]?: V });
}
