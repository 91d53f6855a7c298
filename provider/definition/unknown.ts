/**
 * A value that Pulumi does not know yet: an output of a resource that this preview would create or change.
 * Handlers see this symbol and never the engine's sentinel texts.
 */
export const unknown: unique symbol = Symbol.for("pulumi-spin.unknown");
export type Unknown = typeof unknown;

export function isUnknown(value: unknown): value is Unknown {
  return value === unknown;
}

/** Whether the value, or anything inside it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(hasUnknown);
}

/** The same value with `undefined` for what is not known: the form in which model/ validates. */
export function omitUnknown<T>(value: T): T {
  if (isUnknown(value)) return undefined as T;
  if (Array.isArray(value)) return value.map(omitUnknown) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, omitUnknown(member)])) as T;
}
