/** A text and how far it is read. */
export interface Reader {
  readonly text: string;
  at: number;
}

/** Offsets into a text, in code units; the second is the first that no longer belongs to it. */
export type Span = readonly [from: number, until: number];

/** Past blanks, line breaks and comments. */
export function skipTrivia(reader: Reader): void {
  for (;;) {
    skipWhile(reader, isBlankOrBreak);
    if (reader.text[reader.at] !== "#") return;
    skipComment(reader);
  }
}

/** Past blanks, on the same line. */
export function skipBlanks(reader: Reader): void {
  skipWhile(reader, isBlank);
}

/** To the end of the line, before its break. */
export function skipComment(reader: Reader): void {
  const end = reader.text.indexOf("\n", reader.at);
  const until = end === -1 ? reader.text.length : end;
  reader.at = reader.text[until - 1] === "\r" && until > reader.at ? until - 1 : until;
}

export function skipWhile(reader: Reader, belongs: (char: string) => boolean): void {
  const { text } = reader;
  while (reader.at < text.length && belongs(text.charAt(reader.at))) reader.at += 1;
}

/** Past a string of any of the four kinds. */
export function skipString(reader: Reader): void {
  const quote = reader.text.charAt(reader.at);
  const mark = reader.text.startsWith(quote.repeat(3), reader.at) ? quote.repeat(3) : quote;
  reader.at += mark.length;
  while (reader.at < reader.text.length && !reader.text.startsWith(mark, reader.at))
    reader.at += quote === '"' && reader.text[reader.at] === "\\" ? 2 : 1;
  reader.at += mark.length;
  // Up to two quotes before the closing three are part of the string.
  if (mark.length === 3)
    for (let more = 0; more < 2 && reader.text[reader.at] === quote; more += 1) reader.at += 1;
}

function isBlank(char: string): boolean {
  return char === " " || char === "\t";
}

function isBlankOrBreak(char: string): boolean {
  return isBlank(char) || char === "\n" || char === "\r";
}
