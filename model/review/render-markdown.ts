import { type CapabilityChange, type Risk, risks } from "./types.ts";

const marks: Record<Risk, string> = {
  critical: "🔴 critical",
  high: "🟠 high",
  medium: "🟡 medium",
  low: "⚪ low",
};

/** Two columns for what was and what is would be too wide: one says both. */
export function renderMarkdown(changes: readonly CapabilityChange[]): string {
  if (changes.length === 0) return "## Capability review\n\nNothing that this application may do changes.\n";
  const counts = risks
    .toReversed()
    .map((risk) => [changes.filter((it) => it.risk === risk).length, risk] as const)
    .filter(([count]) => count > 0)
    .map(([count, risk]) => `${count} ${risk}`);
  const rows = changes.map(
    (it) => `| ${[marks[it.risk], it.change, owner(it), what(it), plain(it.why)].join(" | ")} |`,
  );
  return [
    "## Capability review",
    "",
    `${changes.length} change${changes.length === 1 ? "" : "s"}: ${counts.join(", ")}.`,
    "",
    "| risk | change | who | what | why it matters |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function owner({ component, via, profile }: CapabilityChange): string {
  const parts = [
    component === "" ? "the application" : code(component),
    ...(via === undefined ? [] : [`by ${code(via)}`]),
    ...(profile === undefined ? [] : [`with profile ${code(profile)}`]),
  ];
  return parts.join(" ");
}

function what({ kind, before, after }: CapabilityChange): string {
  const sides = [before, after].filter((side) => side.length > 0).map((side) => side.map(code).join(", "));
  return `${kind.replaceAll("-", " ")} ${sides.join(" → ")}`.trimEnd();
}

/** Text that stays text: no markup, no link, no mention, no end of the cell. */
function plain(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>|~&!$]/g, "\\$&")
    .replaceAll("://", ":\\//")
    .replace(/www\./gi, (word) => `${word.slice(0, -1)}\\.`)
    .replace(/[@#]/g, "$&<!-- -->");
}

/** A code span whose fence is longer than any within it. */
function code(text: string): string {
  const shown = visible(text).replaceAll("|", "\\|");
  if (shown.trim() === "") return "(empty)";
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || shown.startsWith(" ") || shown.endsWith(" ") ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Control characters, line ends and marks of direction, spelled out. */
function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
