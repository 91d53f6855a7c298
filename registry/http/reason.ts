/** undici says only "fetch failed" or "other side closed"; the innermost cause says why, by its message or only by its code. */
export function reasonOf(error: unknown): string {
  const { cause, message, code, errors } = Object(error) as {
    cause?: unknown;
    message?: string;
    code?: unknown;
    errors?: unknown[];
  };
  if (cause !== undefined && cause !== null) return reasonOf(cause);
  // Of several addresses of one name, each failed.
  if (!message && errors !== undefined && errors.length > 0) return reasonOf(errors[0]);
  return message || String(code ?? error);
}

/** The codes of an error and of its causes, for example `ECONNRESET`. */
export function codesOf(error: unknown): string[] {
  const { cause, code } = Object(error) as { cause?: unknown; code?: unknown };
  return [
    ...(typeof code === "string" ? [code] : []),
    ...(cause === undefined || cause === null ? [] : codesOf(cause)),
  ];
}
