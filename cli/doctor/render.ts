/** Findings as a person reads them. */
import { structuredPatch } from "diff";
import { visible } from "../../model/columns.ts";
import { applyFixes, type Finding } from "../../model/doctor/index.ts";

export function renderFindings(
  findings: readonly Finding[],
  diffs: ReadonlyMap<Finding, readonly string[]>,
  file: string,
): string {
  return findings.map((finding) => renderFinding(finding, file, diffs.get(finding))).join("\n");
}

/** More than anybody reads. */
const mostDiffs = 50;
/** Each diff takes as long as the manifest is, so that a huge one gets fewer: about a second for all of them. */
const mostCharacters = 1_000_000;

/** What the fixes of the first findings would change. */
export function fixDiffs(findings: readonly Finding[], text: string): ReadonlyMap<Finding, string[]> {
  const most = Math.min(mostDiffs, Math.ceil(mostCharacters / Math.max(text.length, 1)));
  const fixable = findings.filter(({ fix }) => fix !== undefined).slice(0, most);
  return new Map(fixable.map((finding) => [finding, fixDiff(finding, text)]));
}

/** The first line as compilers write it, so that editors can jump there. */
export function renderFinding(finding: Finding, file: string, diff: readonly string[] = []): string {
  const { severity, message, why, hint, code, fix } = finding;
  const lines = [
    `${placeOf(finding, file)}: ${severity}: ${message}`,
    `  why   ${why}`,
    `  next  ${hint} [${code}]`,
    ...(fix === undefined ? [] : [`  fix   ${fix.title}`, ...diff.map((line) => `        ${line}`)]),
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

/** What a fix would change, with a line before and after: `- 12  old`, `+ 12  new`. */
export function fixDiff({ fix }: Finding, text: string): string[] {
  if (fix === undefined) return [];
  const after = applyFixes(text, [fix]);
  const { hunks } = structuredPatch("", "", text, after, "", "", { context: 1 });
  const width = String(text.split("\n").length).length;
  return hunks.flatMap(({ oldStart, newStart, lines }) => {
    let [old, next] = [oldStart, newStart];
    return lines
      .filter((line) => !line.startsWith("\\"))
      .map((line) => {
        const [mark = " "] = line;
        const number = mark === "+" ? next : old;
        if (mark !== "+") old += 1;
        if (mark !== "-") next += 1;
        return `${mark} ${String(number).padStart(width)}  ${line.slice(1)}`.trimEnd();
      });
  });
}

function placeOf({ position, path, file }: Finding, manifestFile: string): string {
  const name = file === "spin.toml" ? manifestFile : besides(manifestFile, file);
  if (position !== undefined) return `${name}:${position.line}:${position.column}`;
  return path === "" ? name : `${name}: ${path}`;
}

/** How many there are, and what to do about them. */
export function renderSummary(findings: readonly Finding[], file: string): string {
  if (findings.length === 0) return `${file}: nothing found.\n`;
  const counts = (["error", "warning", "note"] as const).flatMap((severity) => {
    const count = findings.filter((it) => it.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  const more =
    fixable === 0 ? "" : ` ${fixable} can be fixed: pulumi-spin doctor ${file} --fix, which asks about each.`;
  return `${counts.join(", ")}.${more}\n`;
}

function besides(manifestFile: string, name: string): string {
  return manifestFile.replace(/[^/\\]*$/, name);
}
