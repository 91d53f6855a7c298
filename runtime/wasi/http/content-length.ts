import type { Fields } from "./fields.ts";

/** What content-length says, in bytes; `undefined` when it is absent or no number. */
export function contentLength(headers: Fields): number | undefined {
  const [value] = headers.get("content-length");
  if (value === undefined) return undefined;
  const text = Buffer.from(value).toString("latin1");
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
