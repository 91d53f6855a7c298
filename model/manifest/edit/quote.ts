/**
 * A string in the quotes that the author had chosen, where they can hold it; else as `canonical` writes it, which is a
 * basic string on one line.
 */
export function inQuotesOf(old: string, value: string, canonical: string, lineBreak: string): string {
  const hasBreak = /^("""|''')\r?\n/.test(old);
  if (old.startsWith("'''")) {
    const holds = !/'''|'$|(?![\n\t])\p{Cc}/u.test(value) && lineBreak === "\n";
    return holds ? `'''${hasBreak || value.startsWith("\n") ? "\n" : ""}${value}'''` : canonical;
  }
  // Breaks in a string are part of it: with others than the file's it would not stay what it is.
  if (old.startsWith('"""'))
    return lineBreak === "\n" ? `"""${hasBreak ? "\n" : ""}${withBreaks(canonical)}"""` : canonical;
  return old.startsWith("'") && !/'|(?!\t)\p{Cc}/u.test(value) ? `'${value}'` : canonical;
}

/** What is between the quotes of a basic string, with real line breaks. */
function withBreaks(canonical: string): string {
  const body = canonical.slice(1, -1).replace(/\\(.)/gu, (escape, char) => (char === "n" ? "\n" : escape));
  // The first break behind the quotes is not part of the string.
  return body.startsWith("\n") ? `\\n${body.slice(1)}` : body;
}
