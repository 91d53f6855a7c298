/** The sections of a binary, each with its id and size, without the preamble. What is cut off ends the last one. */
export function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 8;
  while (at < bytes.length) {
    const end = sectionEnd(bytes, at);
    found.push(bytes.subarray(at, end));
    at = end;
  }
  return found;
}

/** The same without its larger sections, which a reader skips by their size: changes hit what is read. */
export function withoutLargeSections(bytes: Uint8Array): Uint8Array {
  const small = piecesOf(bytes).filter(({ length }) => length < 4096);
  return Buffer.concat([bytes.subarray(0, 8), ...small]);
}

function sectionEnd(bytes: Uint8Array, start: number): number {
  let size = 0;
  let at = start + 1;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[at++] ?? 0;
    size += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return Math.min(bytes.length, at + size);
}
