import type { Measured } from "./http.ts";

/** One line for each server, with its cost as a multiple of the first one's. */
export function renderTable(rows: readonly Measured[]): string {
  const base = rows[0];
  const cells = rows.map((row) => [
    row.name,
    row.requestsPerSecond.toFixed(0),
    row.cpuMicroseconds.toFixed(0),
    base === undefined ? "" : `${(row.cpuMicroseconds / base.cpuMicroseconds).toFixed(1)}×`,
  ]);
  const table = [["server", "requests/s", "CPU µs/request", "CPU against node:http"], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  const line = (row: string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("   ");
  return `${table.map(line).join("\n")}\n`;
}
