import { type CapabilityRow, titles } from "./capabilities.ts";

const words: Record<CapabilityRow["used"], string> = {
  imported: "yes, imported",
  "never imported": "no, never imported: remove the grant",
  "not granted": "could ask, is refused",
  unknown: "known once it is built",
};

/** The capability table as plain text: component · may do · used? */
export function renderCapabilities(rows: readonly CapabilityRow[]): string {
  if (rows.length === 0) return "No component may do anything but answer.\n";
  const cells = rows.map((row, index) => [
    rows[index - 1]?.component === row.component ? "" : row.component,
    row.value === "" ? `(nothing) ${titles[row.kind]}` : `${titles[row.kind]} ${row.value}`,
    words[row.used],
  ]);
  const table = [["component", "may do", "used?"], ...cells];
  const widths = [0, 1].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  return table
    .map((row) => `${(row[0] ?? "").padEnd(widths[0] ?? 0)}   ${(row[1] ?? "").padEnd(widths[1] ?? 0)}   ${row[2]}`.trimEnd())
    .map((line) => `${line}\n`)
    .join("");
}
