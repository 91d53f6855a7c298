/** Which failures may pass by themselves, and how long the other side asked to be left alone. */
export interface Transience {
  retryAfterMs?: number;
}

const known = new WeakMap<object, Transience>();

export function transient<T extends object>(error: T, { retryAfterMs }: Transience = {}): T {
  known.set(error, retryAfterMs === undefined ? {} : { retryAfterMs });
  return error;
}

/** `undefined` for a failure that another try would not change. */
export function transienceOf(error: unknown): Transience | undefined {
  return typeof error === "object" && error !== null ? known.get(error) : undefined;
}
