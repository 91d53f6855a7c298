import type { CapabilityChange } from "./types.ts";

const mostLines = 20;

/**
 * The review as lines for a terminal, the worst first, a head line before them:
 * `high      added    api  outbound-host https://example.com: …`
 */
export function renderChanges(changes: readonly CapabilityChange[]): string {
  const cells = changes
    .slice(0, mostLines)
    .map((it) => [it.risk, it.change, it.component || "app", deedOf(it)]);
  const width = (column: number): number => Math.max(...cells.map((row) => row[column]?.length ?? 0));
  const lines = cells.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(width(column)))).join("  "),
  );
  const left = changes.length - cells.length;
  return [...lines, ...(left > 0 ? [`and ${left} more; pulumi-spin review shows all of them`] : [])].join(
    "\n",
  );
}

function deedOf({ kind, before, after, why }: CapabilityChange): string {
  const values = [before, after].map((list) => visible(list.join(", ")));
  const shown = values.filter((text) => text !== "").join(" → ");
  return `${kind} ${shown}: ${why}`;
}

/** Control characters and marks of direction could make a line look like another one. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
