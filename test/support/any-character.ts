import fc from "fast-check";

/**
 * Any character, of one code unit or two, and often one that is printed. As the `unit` of `fc.string` instead of "binary",
 * which takes nearly a second to set up, in each file of tests anew.
 */
export const anyCharacter = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 0xffff }).map(whole) },
  fc.integer({ min: 0x1_0000, max: 0x10_ffff }).map((point) => String.fromCodePoint(point)),
);

/** Halves of pairs, which no text of UTF-8 has, become U+FFFD. */
function whole(code: number): string {
  return String.fromCharCode(code).toWellFormed();
}
