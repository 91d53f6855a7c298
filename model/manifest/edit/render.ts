/** Writes a text with its changes; everything else stays as it is. */
import type { Section } from "../../toml/scan.ts";
import type { Changes } from "./changes.ts";
import { layoutOf, type PairLayout, type SectionLayout } from "./layout.ts";
import { renderValue } from "./render-value.ts";

/** Texts in a row. */
interface Output {
  lineBreak: string;
  pieces: string[];
}

export function render(
  text: string,
  sections: readonly Section[],
  changes: Changes,
  lineBreak: string,
): string {
  const output = { lineBreak, pieces: [] };
  const layout = layoutOf(text, sections);
  for (const section of layout.sections) pushSection(output, text, section, changes);
  push(output, layout.end);
  const result = output.pieces.join("");
  return text === "" || text.endsWith("\n") ? result : result.replace(/\r?\n$/, "");
}

function pushSection(output: Output, text: string, layout: SectionLayout, changes: Changes): void {
  const { section, gap, comments, header, pairs, tail } = layout;
  const isRemoved = changes.removed.has(section);
  // Comments that stand for themselves may be about more than this table.
  if (!isRemoved || gap.includes("#")) push(output, gap);
  const inFront = changes.blocksBefore.get(section) ?? [];
  for (const block of inFront) pushBlock(output, block);
  if (!isRemoved) {
    if (inFront.length > 0) separate(output);
    push(output, comments + header);
    pushLines(output, changes.after.get(section), header);
    for (const pair of pairs) {
      for (const piece of pairPieces(text, pair, changes)) push(output, piece);
      pushLines(output, changes.after.get(pair.pair.value), text.slice(pair.from, pair.until));
    }
    push(output, tail);
  }
  for (const block of changes.blocksAfter.get(section) ?? []) pushBlock(output, block);
}

/** Without a pair that is removed; comments above it stay, unless they are about a table. */
function pairPieces(text: string, layout: PairLayout, changes: Changes): string[] {
  const { gap, comments, from, until } = layout;
  const { value } = layout.pair;
  if (changes.removed.has(value)) {
    const kept = value.kind === "inline" ? "" : comments;
    return kept === "" && !gap.includes("#") ? [] : [gap, kept];
  }
  const [start, end] = value.span;
  return [
    gap,
    comments,
    text.slice(from, start) + renderValue(text, value, changes) + text.slice(end, until),
  ];
}

function push({ pieces, lineBreak }: Output, piece: string): void {
  if (piece === "") return;
  // The last line of the text may have no end.
  if (pieces.length > 0 && !pieces.at(-1)?.endsWith("\n")) pieces.push(lineBreak);
  pieces.push(piece);
}

/** With the blanks that stand in front of a line beside them. */
function pushLines(output: Output, texts: readonly string[] = [], beside = ""): void {
  const indent = /^[ \t]*/.exec(beside)?.[0] ?? "";
  for (const line of texts.flatMap((it) => it.split("\n")))
    push(output, `${indent}${line}${output.lineBreak}`);
}

function pushBlock(output: Output, block: string): void {
  separate(output);
  pushLines(output, [block]);
}

/** By an empty line, unless there is one already. */
function separate(output: Output): void {
  const last = output.pieces.at(-1);
  if (last !== undefined && !/(^|\n)\r?\n$/.test(last)) push(output, output.lineBreak);
}
