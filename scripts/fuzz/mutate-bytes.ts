/** Changes of WebAssembly binaries: of single bytes, and of the order of their sections. */
import type { Many, Random } from "./random.ts";
import { longestInput } from "./target.ts";
import { piecesOf } from "./wasm-pieces.ts";

/** A binary that none of the seeds is: changed, put together from sections of several, or noise. */
export function bytesFrom(seeds: Many<Uint8Array>, random: Random): Uint8Array {
  if (random.oneIn(20)) return noise(random, 200);
  let bytes = random.oneIn(3) ? spliced(seeds, random) : random.pick(seeds);
  for (let left = random.below(random.oneIn(4) ? 12 : 4); left > 0; left--)
    bytes = random.pick(mutations)(bytes, random, seeds).subarray(0, longestInput);
  return bytes;
}

type Mutation = (bytes: Uint8Array, random: Random, seeds: Many<Uint8Array>) => Uint8Array;

/** Ends of LEB128 numbers, a length of 2^32-1, one that never ends, and bytes that UTF-8 does not have. */
const telling: Many<readonly number[]> = [
  [0],
  [1],
  [2],
  [0x7f],
  [0x80],
  [0xff],
  [0x80, 0x00],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0x1f],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xef, 0xbb, 0xbf],
];

const mutations: Many<Mutation> = [
  (bytes, random) => replaced(bytes, random, 1, [random.below(256)]),
  (bytes, random) =>
    replaced(bytes, random, 1, [(bytes[random.below(bytes.length)] ?? 0) ^ (1 << random.below(8))]),
  (bytes, random) => replaced(bytes, random, 2, random.pick(telling)),
  (bytes, random) => replaced(bytes, random, 0, noise(random, 16)),
  (bytes, random) => replaced(bytes, random, 64, []),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random, seeds) => {
    const other = random.pick(seeds);
    return replaced(bytes, random, 64, other.subarray(...range(other, random, 64)));
  },
  (bytes, random) => {
    const [start, end] = range(bytes, random, 32);
    const again = Array.from({ length: 1 + random.below(random.oneIn(10) ? 500 : 3) }, () =>
      bytes.subarray(start, end),
    );
    return Buffer.concat([bytes.subarray(0, end), ...again, bytes.subarray(end)]);
  },
];

/** The preamble of one, then sections of all: whole, so that what follows them is still read. */
function spliced(seeds: Many<Uint8Array>, random: Random): Uint8Array {
  const sections = Array.from({ length: random.below(8) }, () => {
    const pieces = piecesOf(random.pick(seeds));
    return pieces[random.below(pieces.length)] ?? new Uint8Array();
  });
  return Buffer.concat([random.pick(seeds).subarray(0, 8), ...sections]);
}

function replaced(bytes: Uint8Array, random: Random, longest: number, put: Iterable<number>): Uint8Array {
  const [start, end] = range(bytes, random, longest);
  return Buffer.concat([bytes.subarray(0, start), Uint8Array.from(put), bytes.subarray(end)]);
}

function range(bytes: Uint8Array, random: Random, longest: number): [start: number, end: number] {
  const start = random.below(bytes.length + 1);
  return [start, Math.min(bytes.length, start + random.below(longest + 1))];
}

function noise(random: Random, longest: number): Uint8Array {
  return Uint8Array.from({ length: random.below(longest + 1) }, () => random.below(256));
}
