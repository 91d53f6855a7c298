/** Loops that do one thing, as small as they can be: the worst that rewriting meets. */
import {
  body,
  type Code,
  i32Const,
  localGet,
  localSet,
  module,
  name,
  section,
} from "../scripts/fuzz/guest/code.ts";

export interface BenchLoop {
  name: string;
  turns: number;
  /** Code of `run(turns)`; locals 1 to 3 are numbers. */
  code: Code;
}

const [turns, counter, pointer, sum] = [0, 1, 2, 3] as const;

function loop(inner: Code): Code {
  const next: Code = [...localGet(counter), ...i32Const(1), 0x6a, 0x22, counter, ...localGet(turns), 0x49];
  return [0x03, 0x40, ...inner, ...next, 0x0d, 0, 0x0b, ...localGet(counter)];
}

/** To the next place of the first 4 MiB. */
function advance(bytes: number): Code {
  return [...localGet(pointer), ...i32Const(bytes), 0x6a, ...i32Const(0x3f_ffff), 0x71, ...localSet(pointer)];
}

const storeCounter = (offset: number): Code => [...localGet(pointer), ...localGet(counter), 0x36, 2, offset];
const loadNext: Code = [...localGet(pointer), 0x28, 2, 8];
const random: Code = [13, 17, 5].flatMap((shift, index) => [
  ...localGet(sum),
  ...localGet(sum),
  ...i32Const(shift),
  index === 1 ? 0x76 : 0x74,
  0x73,
  ...localSet(sum),
]);

export const benchLoops: readonly BenchLoop[] = [
  { name: "count", turns: 2e7, code: loop([]) },
  {
    name: "sum of loads",
    turns: 5e6,
    code: loop([...localGet(sum), ...loadNext, 0x6a, ...localSet(sum), ...advance(4)]),
  },
  { name: "store", turns: 5e6, code: loop([...storeCounter(0), ...advance(4)]) },
  {
    name: "load and store",
    turns: 5e6,
    code: loop([...localGet(pointer), ...loadNext, ...localGet(counter), 0x6a, 0x36, 2, 0, ...advance(4)]),
  },
  {
    name: "four stores to one place",
    turns: 3e6,
    code: loop([
      ...storeCounter(0),
      ...storeCounter(4),
      ...storeCounter(8),
      ...storeCounter(12),
      ...advance(16),
    ]),
  },
  {
    name: "store at random",
    turns: 3e6,
    code: [
      ...i32Const(12_345),
      ...localSet(sum),
      ...loop([...random, ...localGet(sum), ...i32Const(0x3f_ffff), 0x71, ...localGet(counter), 0x3a, 0, 0]),
    ],
  },
  {
    name: "memory.fill of 64 bytes",
    turns: 5e5,
    code: loop([...localGet(pointer), ...i32Const(7), ...i32Const(64), 0xfc, 11, 0, ...advance(64)]),
  },
  {
    name: "Fibonacci by recursion",
    turns: 27,
    code: [
      ...localGet(turns),
      ...i32Const(2),
      0x49,
      0x04,
      0x7f,
      ...localGet(turns),
      0x05,
      ...localGet(turns),
      ...i32Const(1),
      0x6b,
      0x10,
      0,
      ...localGet(turns),
      ...i32Const(2),
      0x6b,
      0x10,
      0,
      0x6a,
      0x0b,
    ],
  },
];

/** A module with this code as `run`, and ten megabytes of memory. */
export function loopModule({ code }: BenchLoop): Uint8Array {
  return module(
    section(1, [[0x60, 1, 0x7f, 1, 0x7f]]),
    section(3, [[0]]),
    section(5, [[0, 160, 1]]),
    section(7, [[...name("run"), 0, 0]]),
    section(10, [body([1, 3, 0x7f], code)]),
  );
}
