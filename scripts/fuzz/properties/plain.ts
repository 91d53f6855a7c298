import { isSpinError } from "../../../model/index.ts";

/** A coded error is a bug here. */
export function must<T>(call: () => T, otherwise: string): T {
  try {
    return call();
  } catch (error) {
    const told = isSpinError(error) ? `${error.code}: ${error.message}` : String(error);
    throw new Error(`${otherwise}: ${told}`, { cause: error });
  }
}

/** Without prototypes, and as text can say it: half of a surrogate pair becomes U+FFFD. */
export function plain(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key.toWellFormed(), plain(it)]));
}
