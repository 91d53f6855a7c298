/** Cuts a text into lines that belong together: together they are the whole text. */
import type { Section } from "../../toml/scan.ts";
import type { Pair } from "../../toml/scan-value.ts";

/** Lines around a header and its pairs. */
export interface SectionLayout {
  section: Section;
  /** Blank lines and comments that stand for themselves. */
  gap: string;
  /** Comments directly above the header. */
  comments: string;
  header: string;
  pairs: PairLayout[];
  /** Comments directly below the last line. */
  tail: string;
}

export interface PairLayout {
  pair: Pair;
  gap: string;
  comments: string;
  /** Of the pair's lines, with what stands behind it and the line break. */
  from: number;
  until: number;
}

export interface Layout {
  sections: SectionLayout[];
  /** What follows the last section. */
  end: string;
}

export function layoutOf(text: string, sections: readonly Section[]): Layout {
  let at = 0;
  /** Moves on to the line after an element, and gives the lines before it. */
  const advance = (from: number, until: number): [above: string, line: number] => {
    const line = Math.max(at, text.lastIndexOf("\n", from - 1) + 1);
    const above = text.slice(at, line);
    at = lineEnd(text, until);
    return [above, line];
  };
  const layouts: SectionLayout[] = [];
  for (const section of sections) {
    const isRoot = section.keys.length === 0;
    const [above, line] = isRoot ? ["", 0] : advance(...section.span);
    const { tail, gap, comments } = split(above);
    const header = isRoot ? "" : text.slice(line, at);
    const previous = layouts.at(-1);
    if (previous !== undefined) giveTail(previous, tail);
    const pairs = section.pairs.map((pair): PairLayout => {
      const [before, from] = advance(pair.keys[0]?.span[0] ?? 0, pair.value.span[1]);
      const parts = split(before);
      return { pair, gap: parts.tail + parts.gap, comments: parts.comments, from, until: at };
    });
    layouts.push({
      section,
      gap: previous === undefined ? tail + gap : gap,
      comments,
      header,
      pairs,
      tail: "",
    });
  }
  const rest = linesOf(text.slice(at));
  const until = rest.findIndex((line) => !isComment(line));
  const tail = until === -1 ? rest : rest.slice(0, until);
  const last = layouts.at(-1);
  if (last !== undefined) giveTail(last, tail.join(""));
  return { sections: layouts, end: rest.slice(tail.length).join("") };
}

/** In a text that starts with comments, what is new comes below them. */
function giveTail(layout: SectionLayout, tail: string): void {
  const isStart = layout.section.keys.length === 0 && layout.pairs.length === 0;
  if (isStart) layout.header = tail;
  else layout.tail = tail;
}

/** Comments right at the start that a blank line ends, comments right at the end, and what is between. */
function split(above: string): { tail: string; gap: string; comments: string } {
  const lines = linesOf(above);
  const start = lines.findLastIndex((line) => !isComment(line)) + 1;
  const first = lines.findIndex((line) => !isComment(line));
  const end = first === -1 ? 0 : first;
  return {
    tail: lines.slice(0, end).join(""),
    gap: lines.slice(end, start).join(""),
    comments: lines.slice(start).join(""),
  };
}

/** Each with its break. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith("#");
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end + 1;
}
