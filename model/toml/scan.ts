/**
 * Where everything stands in a TOML text. The parser gives data without positions; this gives positions without data.
 * The text must be one that the parser has read: of others, something is scanned, in linear time.
 */
import { type Reader, skipTrivia, type Span } from "./reader.ts";
import { type Key, type Pair, scanKeys, scanPair } from "./scan-value.ts";

/** The pairs below one header: `[table]` or, for an item of an array of tables, `[[table]]`. */
export interface Section {
  isItem: boolean;
  /** Empty for the section before the first header, which is always there. */
  keys: Key[];
  /** The header with its brackets. */
  span: Span;
  pairs: Pair[];
}

export function scanToml(text: string): [root: Section, ...others: Section[]] {
  const reader = { text, at: text.startsWith("\ufeff") ? 1 : 0 };
  const root: Section = { isItem: false, keys: [], span: [reader.at, reader.at], pairs: [] };
  const others: Section[] = [];
  for (skipTrivia(reader); reader.at < text.length; skipTrivia(reader)) {
    if (text[reader.at] === "[") others.push(scanHeader(reader));
    else (others.at(-1) ?? root).pairs.push(scanPair(reader));
  }
  return [root, ...others];
}

function scanHeader(reader: Reader): Section {
  const from = reader.at;
  const isItem = reader.text[from + 1] === "[";
  const brackets = isItem ? 2 : 1;
  reader.at += brackets;
  const keys = scanKeys(reader);
  reader.at += brackets;
  return { isItem, keys, span: [from, reader.at], pairs: [] };
}
