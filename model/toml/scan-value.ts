/** Keys and values of TOML: where they stand, not what they mean. Line breaks are fine in inline tables (TOML 1.1). */
import { parse } from "smol-toml";
import { type Reader, skipBlanks, skipString, skipTrivia, skipWhile, type Span } from "./reader.ts";

/** One part of a dotted key. */
export interface Key {
  /** Without quotes and escapes. */
  text: string;
  span: Span;
}

export interface Pair {
  keys: Key[];
  value: Value;
}

export type Value = Scalar | List | InlineTable;
export interface Scalar {
  kind: "scalar";
  span: Span;
}
export interface List {
  kind: "list";
  span: Span;
  items: Value[];
}
export interface InlineTable {
  kind: "inline";
  span: Span;
  pairs: Pair[];
}

export function scanPair(reader: Reader): Pair {
  const keys = scanKeys(reader);
  reader.at += 1;
  skipBlanks(reader);
  return { keys, value: scanValue(reader) };
}

/** A key with its dots, up to what ends it. */
export function scanKeys(reader: Reader): Key[] {
  const keys: Key[] = [];
  for (;;) {
    skipBlanks(reader);
    keys.push(scanKey(reader));
    skipBlanks(reader);
    if (reader.text[reader.at] !== ".") return keys;
    reader.at += 1;
  }
}

function scanKey(reader: Reader): Key {
  const from = reader.at;
  const isQuoted = isQuote(reader.text[from]);
  if (isQuoted) skipString(reader);
  else skipWhile(reader, (char) => /[\w-]/.test(char));
  const text = reader.text.slice(from, reader.at);
  return { text: isQuoted ? (parse(`key = ${text}`)["key"] as string) : text, span: [from, reader.at] };
}

/** Nests as deeply as the document does, which the parser limits to 1000 lists and inline tables. */
function scanValue(reader: Reader): Value {
  const from = reader.at;
  const first = reader.text[from];
  if (first === "[") {
    const items = scanMembers(reader, "]", scanValue);
    return { kind: "list", span: [from, reader.at], items };
  }
  if (first === "{") {
    const pairs = scanMembers(reader, "}", scanPair);
    return { kind: "inline", span: [from, reader.at], pairs };
  }
  if (isQuote(first)) skipString(reader);
  else skipBare(reader);
  return { kind: "scalar", span: [from, reader.at] };
}

function scanMembers<T>(reader: Reader, close: string, scan: (reader: Reader) => T): T[] {
  const members: T[] = [];
  reader.at += 1;
  for (skipTrivia(reader); reader.at < reader.text.length; skipTrivia(reader)) {
    if (reader.text[reader.at] === close) {
      reader.at += 1;
      break;
    }
    members.push(scan(reader));
    skipTrivia(reader);
    if (reader.text[reader.at] === ",") reader.at += 1;
  }
  return members;
}

/** Past a number, a boolean or a date, which may have a blank in its middle. */
function skipBare(reader: Reader): void {
  const from = reader.at;
  skipWhile(reader, (char) => !/[,\]}#\r\n]/.test(char));
  while (/[ \t]/.test(reader.text.charAt(reader.at - 1)) && reader.at > from) reader.at -= 1;
  // At least one, so that reading ends whatever the text is.
  reader.at = Math.max(reader.at, from + 1);
}

function isQuote(char: string | undefined): boolean {
  return char === '"' || char === "'";
}
