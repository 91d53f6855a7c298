/** Tables of plain text for people. */

const widthColumns = 100;
const gap = "   ";

/** Nothing is cut off: a value too long for its column pushes the rest of its own line only. */
export function renderColumns(table: readonly (readonly string[])[]): string {
  const count = Math.max(0, ...table.map((row) => row.length));
  const longest = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...table.map((row) => row[column]?.length ?? 0)),
  );
  // The first column names things, the last is never padded; those between share what is left.
  const widths = longest.map((width, column) => (column === 0 ? Math.min(width, 30) : width));
  const excess = sum(widths) + gap.length * (count - 1) - widthColumns;
  const widest = widths.indexOf(Math.max(...widths.slice(1, -1)), 1);
  if (excess > 0 && widest > 0) widths[widest] = Math.max(10, (widths[widest] ?? 0) - excess);
  return table.map((row) => `${lineOf(row, widths).trimEnd()}\n`).join("");
}

function lineOf(row: readonly string[], widths: readonly number[]): string {
  return row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(gap);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, it) => total + it, 0);
}

/** Control characters and marks of direction could make a row look like another one. */
export function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** `12.4 MiB`, `201 KiB`, `812 bytes`. */
export function showBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const [size, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "KiB"] : [bytes / 1024 ** 2, "MiB"];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
