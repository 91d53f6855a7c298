import type { CapabilityRow } from "./join.ts";
import type { CapabilityKind } from "./uses.ts";

const uses: Record<CapabilityRow["used"], string> = {
  imported: "yes, imported",
  "never imported": "no, never imported: remove it",
  "not granted": "could ask, is refused",
  unknown: "known once built",
};

/** What a component may do, by kind: with a value, and without a grant. */
const deeds: Record<CapabilityKind, [verb: string, none: string]> = {
  "outbound-host": ["call", "(call no host)"],
  "key-value-store": ["open key-value store", "(open no key-value store)"],
  "sqlite-database": ["open SQLite database", "(open no SQLite database)"],
  "ai-model": ["run AI model", "(run no AI model)"],
  file: ["read files", "(read no files)"],
  variable: ["read variable", "(read no variable)"],
};

const widthColumns = 100;
const gap = "   ";

/** The capability table as plain text: component · may do · used? */
export function renderCapabilities(rows: readonly CapabilityRow[]): string {
  if (rows.length === 0) return "No component may do anything but answer.\n";
  const cells = rows.map(({ component, kind, value, used }, index): Cells => {
    const [verb, none] = deeds[kind];
    const isFirst = rows[index - 1]?.component !== component;
    return [isFirst ? visible(component) : "", value === "" ? none : `${verb} ${visible(value)}`, uses[used]];
  });
  return renderColumns([["component", "may do", "used?"], ...cells]);
}

type Cells = [component: string, deed: string, used: string];

/** Nothing is cut off: a value too long for its column pushes the rest of its own line only. */
function renderColumns(table: readonly Cells[]): string {
  const longest = (column: 0 | 1 | 2): number => Math.max(...table.map((row) => row[column].length));
  const first = Math.min(longest(0), 30);
  const second = Math.min(longest(1), widthColumns - first - longest(2) - 2 * gap.length);
  return table
    .map(([component, deed, used]) => `${component.padEnd(first)}${gap}${deed.padEnd(second)}${gap}${used}\n`)
    .join("");
}

/** Control characters and marks of direction could make a row look like another one. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
