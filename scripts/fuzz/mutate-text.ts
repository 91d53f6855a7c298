/** Changes of texts, each small; several follow each other. */
import type { Many, Random } from "./random.ts";
import { longestInput } from "./target.ts";
import { nests, words } from "./words.ts";

/** A text that none of the seeds is: changed, put together from several, or noise. */
export function textFrom(seeds: Many<string>, random: Random): string {
  if (random.oneIn(20)) return noise(random);
  if (random.oneIn(12)) return wordsInARow(random);
  let text = random.pick(seeds);
  for (let left = 1 + random.below(random.oneIn(4) ? 12 : 3); left > 0; left--)
    text = random.pick(mutations)(text, random, seeds).slice(0, longestInput);
  return text;
}

type Mutation = (text: string, random: Random, seeds: Many<string>) => string;

const mutations: Many<Mutation> = [
  // Something in place of something short, or of nothing.
  (text, random) => replaced(text, random, 0, random.pick(words)),
  (text, random) => replaced(text, random, 8, random.pick(words)),
  (text, random) =>
    replaced(text, random, 2, String.fromCharCode(random.below(random.oneIn(2) ? 128 : 65_536))),
  (text, random) => replaced(text, random, 40, ""),
  // A word in place of a word.
  (text, random) => {
    const found = [...text.matchAll(/[\w-]+|"[^"\n]*"/g)];
    const { index = 0, 0: word = "" } = found[random.below(found.length)] ?? {};
    const other = random.oneIn(2) ? random.pick(words) : (found[random.below(found.length)]?.[0] ?? "");
    return text.slice(0, index) + other + text.slice(index + word.length);
  },
  // The same again, once or often.
  (text, random) => {
    const [start, end] = range(text, random, random.oneIn(3) ? 200 : 20);
    const times = 1 + random.below(random.oneIn(10) ? 2000 : 3);
    return text.slice(0, end) + text.slice(start, end).repeat(times).slice(0, longestInput) + text.slice(end);
  },
  // Lines: one gone, one twice, one elsewhere.
  (text, random) => inLines(text, random, (lines, at) => lines.toSpliced(at, 1)),
  (text, random) => inLines(text, random, (lines, at) => lines.toSpliced(at, 0, lines[at] ?? "")),
  (text, random) =>
    inLines(text, random, (lines, at) =>
      lines.toSpliced(at, 1).toSpliced(random.below(lines.length), 0, lines[at] ?? ""),
    ),
  // A part of another seed.
  (text, random, seeds) => {
    const other = random.pick(seeds);
    return replaced(text, random, 40, other.slice(...range(other, random, 200)));
  },
  // Deep.
  (text, random) => {
    const [open, close] = random.pick(nests);
    const depth = 1 + random.below(random.pick([3, 3, 50, 1000, 20_000]));
    const [start, end] = range(text, random, 40);
    const inner = text.slice(start, end);
    const whole = random.oneIn(3) ? open.repeat(depth) : open.repeat(depth) + inner + close.repeat(depth);
    return text.slice(0, start) + whole + text.slice(end);
  },
  (text, random) => {
    const [start, end] = range(text, random, 20);
    return text.slice(0, start) + text.slice(start, end).toUpperCase() + text.slice(end);
  },
];

function replaced(text: string, random: Random, longest: number, put: string): string {
  const [start, end] = range(text, random, longest);
  return text.slice(0, start) + put + text.slice(end);
}

function inLines(
  text: string,
  random: Random,
  change: (lines: readonly string[], at: number) => string[],
): string {
  const lines = text.split("\n");
  return change(lines, random.below(lines.length)).join("\n");
}

function range(text: string, random: Random, longest: number): [start: number, end: number] {
  const start = random.below(text.length + 1);
  return [start, Math.min(text.length, start + random.below(longest + 1))];
}

function wordsInARow(random: Random): string {
  return Array.from({ length: random.below(40) }, () => random.pick(words)).join(
    random.pick(["", " ", "\n"]),
  );
}

/** Bytes read as text: with half pairs as UTF-16, with U+FFFD as UTF-8. */
function noise(random: Random): string {
  const bytes = Uint8Array.from({ length: random.below(200) }, () => random.below(256));
  return Buffer.from(bytes).toString(random.pick(["utf8", "latin1", "utf16le"] as const));
}
