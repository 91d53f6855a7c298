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

/** A component whose core modules have lost what only a compiler reads: code, data and all but types, imports and exports. */
export function withoutCode(bytes: Uint8Array): Uint8Array {
  const pieces = piecesOf(bytes).map((piece) => {
    if (piece[0] !== 1) return piece[0] === 0 ? new Uint8Array() : piece;
    const start = piece.length - sectionSize(piece);
    const kept = piecesOf(piece.subarray(start)).filter(
      ([id]) => id !== undefined && [1, 2, 3, 5, 7].includes(id),
    );
    const module = Buffer.concat([piece.subarray(start, start + 8), ...kept]);
    return Buffer.concat([Uint8Array.of(1), leb128(module.length), module]);
  });
  return Buffer.concat([bytes.subarray(0, 8), ...pieces]);
}

/** Bytes that a piece holds behind its id and its size. */
function sectionSize(piece: Uint8Array): number {
  let at = 1;
  while ((piece[at] ?? 0) >= 0x80) at++;
  return piece.length - at - 1;
}

function leb128(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.from([...bytes, rest]);
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
