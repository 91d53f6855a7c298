/** Code that is valid, ends, and writes memory in every way there is. */
import type { Random } from "../random.ts";
import {
  call,
  type Code,
  globalGet,
  globalSet,
  i32Const,
  i64Const,
  localGet,
  localSet,
  localTee,
  u32,
} from "./code.ts";

/** What functions may use; all functions have the same type, (i32, i32) → i32. */
export interface Surroundings {
  random: Random;
  /** Functions that may be called: those that come later, so that calls end. */
  callable: readonly number[];
  /** Whether there is a table that holds all of `callable`. */
  hasTable: boolean;
  passiveSegments: number;
}

/** Parameters 0 and 1; pointers 2 to 4; a counter for each depth of loops from 5; then i64, f32, f64, v128. */
export const locals = { pointers: [0, 1, 2, 3, 4], counters: 5, i64: 9, f32: 10, f64: 11, v128: 12 } as const;
export const localTypes: Code = [5, 7, 0x7f, 1, 0x7e, 1, 0x7d, 1, 0x7c, 1, 0x7b];
/** Steps that are left, a sum that everything goes into, i64, f32, f64. */
export const globals = { steps: 0, sum: 1, i64: 2, f32: 3, f64: 4 } as const;

const deepest = 4;
const offsets = [
  0, 0, 0, 1, 3, 4, 7, 8, 15, 16, 100, 480, 495, 496, 497, 500, 511, 512, 513, 1000, 4080, 4095, 4096, 9000,
];

/** A few statements; `depth` counts the loops around them. */
export function statements(around: Surroundings, depth: number, blocks: number): Code {
  const { random } = around;
  return Array.from({ length: 1 + random.below(5) }, () => {
    const code = statement(around, depth, blocks);
    // Below, an operand that has nothing to do with it.
    return random.oneIn(5) ? [...localGet(random.pick([2, 3, 4])), ...code, 0x1a] : code;
  }).flat();
}

function statement(around: Surroundings, depth: number, blocks: number): Code {
  const { random } = around;
  const canNest = blocks < deepest;
  const choice = random.below(20);
  if (choice < 5) return store(around);
  if (choice < 7) return related(around, depth, blocks);
  if (choice < 9) return [...pointer(random), ...localSet(random.pick([2, 3, 4]))];
  if (choice < 10) return bulk(around);
  if (choice < 11)
    return [
      ...globalGet(globals.sum),
      ...i32Const(31),
      0x6c,
      ...value(random),
      0x6a,
      ...globalSet(globals.sum),
    ];
  if (choice < 12) return otherState(random);
  if (choice < 13) return [...called(around), ...localSet(1)];
  if (!canNest) return store(around);
  const inner = (more: number): Code => statements(around, depth + more, blocks + 1);
  if (choice < 15)
    return [...value(random), 0x04, 0x40, ...inner(0), ...(random.oneIn(2) ? [0x05, ...inner(0)] : []), 0x0b];
  if (choice < 17) return [0x02, 0x40, ...inner(0), ...value(random), 0x0d, 0, ...inner(0), 0x0b];
  if (choice < 18) return [0x02, 0x40, 0x02, 0x40, ...value(random), 0x0e, 1, 0, 1, 0x0b, ...inner(0), 0x0b];
  return depth < 3 ? loop(random, depth, inner(1)) : store(around);
}

/** A few turns, fewer when the steps of the whole call are used up. */
function loop(random: Random, depth: number, inner: Code): Code {
  const counter = locals.counters + depth;
  return [
    ...i32Const(1 + random.below(6)),
    ...localSet(counter),
    0x03,
    0x40,
    ...inner,
    ...globalGet(globals.steps),
    ...i32Const(1),
    0x6b,
    ...globalSet(globals.steps),
    ...localGet(counter),
    ...i32Const(1),
    0x6b,
    ...localTee(counter),
    ...i32Const(0),
    0x4a,
    ...globalGet(globals.steps),
    ...i32Const(0),
    0x4a,
    0x71,
    0x0d,
    0,
    0x0b,
  ];
}

/** An address: mostly within the memory, often where a page ends. */
function pointer(random: Random): Code {
  const choice = random.below(8);
  if (choice < 3) return i32Const((1 + random.below(15)) * 4096 - random.below(20));
  if (choice < 5) return i32Const(random.below(65_536));
  if (choice < 6)
    return [
      ...localGet(random.pick([2, 3, 4])),
      ...i32Const(random.below(600) - 300),
      0x6a,
      ...i32Const(0xffff),
      0x71,
    ];
  return [...value(random), ...i32Const(0xfff8), 0x71];
}

function value(random: Random): Code {
  const choice = random.below(8);
  if (choice < 2) return i32Const(random.below(2 ** 32) - 2 ** 31);
  if (choice < 3) return globalGet(globals.sum);
  if (choice < 5) return localGet(random.pick(locals.pointers));
  if (choice < 6) return [...readable(random), 0x28, 0, ...u32(random.pick([0, 4, 4093]))];
  if (choice < 7)
    return [
      ...localGet(random.pick(locals.pointers)),
      ...i32Const(random.below(100)),
      random.pick([0x6a, 0x6b, 0x6c, 0x71, 0x72, 0x73]),
    ];
  return [0x3f, 0];
}

/** Where it can be read: parameters and pointers are anything after all. */
function readable(random: Random): Code {
  return [...localGet(random.pick([2, 3, 4])), ...i32Const(0x7fff), 0x71];
}

/** The address of a store: a local, a local just written, or something computed. Rarely anything at all, which may trap. */
function address(random: Random): Code {
  const choice = random.below(60);
  if (choice < 36) return localGet(random.pick([2, 3, 4]));
  if (choice < 44) return [...pointer(random), ...localTee(random.pick([2, 3, 4]))];
  if (choice < 59) return pointer(random);
  return value(random);
}

const stores: readonly (readonly [
  opcode: Code,
  type: "i32" | "i64" | "f32" | "f64" | "v128",
  lanes: number,
])[] = [
  ...([
    [[0x36], "i32", 0],
    [[0x37], "i64", 0],
    [[0x38], "f32", 0],
    [[0x39], "f64", 0],
  ] as const),
  ...([
    [[0x3a], "i32", 0],
    [[0x3b], "i32", 0],
    [[0x3c], "i64", 0],
    [[0x3d], "i64", 0],
    [[0x3e], "i64", 0],
  ] as const),
  ...([
    [[0xfd, 11], "v128", 0],
    [[0xfd, 88], "v128", 16],
    [[0xfd, 89], "v128", 8],
  ] as const),
  ...([
    [[0xfd, 90], "v128", 4],
    [[0xfd, 91], "v128", 2],
  ] as const),
];

function store(around: Surroundings): Code {
  const { random } = around;
  if (random.oneIn(8)) return [...localGet(random.pick([2, 3, 4])), ...called(around), 0x36, 0, 0];
  const offset = random.oneIn(300) ? 0xffff_fff0 : (offsets[random.below(offsets.length)] ?? 0);
  // Sometimes the address lies below the result of a choice.
  const chosen = [
    ...localGet(random.pick([2, 3, 4])),
    ...localGet(random.pick([2, 3, 4])),
    ...value(random),
    0x1b,
  ];
  return storeAt(random, random.oneIn(8) ? chosen : address(random), offset);
}

function storeAt(random: Random, at: Code, offset: number): Code {
  const [opcode, type, lanes] = stores[random.below(stores.length)] ?? [[0x36], "i32", 0];
  const stored = type === "i32" ? value(random) : localGet(locals[type]);
  const lane = lanes === 0 ? [] : [random.below(lanes)];
  // Sometimes the pointer is another one by the time that the store happens.
  const between = random.oneIn(12) ? [...pointer(random), ...localSet(random.pick([2, 3, 4]))] : [];
  return [...at, ...stored, ...between, ...opcode, 0, ...u32(offset), ...lane];
}

/** Stores through one pointer, whose marks might stand for each other, and do not always. */
function related(around: Surroundings, depth: number, blocks: number): Code {
  const { random } = around;
  const local = random.pick([2, 3, 4]);
  const through = (): Code => storeAt(random, localGet(local), offsets[random.below(offsets.length)] ?? 0);
  const move: Code = [
    ...localGet(local),
    ...i32Const(random.pick([4096, 8192, 12_288, 4100])),
    0x6a,
    ...i32Const(0x1_ffff),
    0x71,
    ...localSet(local),
  ];
  const choice = random.below(blocks < deepest ? 5 : 2);
  if (choice === 0) return [...pointer(random), ...localSet(local), ...through(), ...through(), ...through()];
  if (choice === 1) return [...through(), ...move, ...through()];
  if (choice === 2)
    return [...value(random), 0x04, 0x40, ...through(), 0x05, ...through(), 0x0b, ...through()];
  if (choice === 3) return [0x02, 0x40, ...value(random), 0x0d, 0, ...through(), 0x0b, ...through()];
  if (depth > 2) return through();
  const before = random.oneIn(2) ? through() : [];
  return [...before, ...loop(random, depth, [...through(), ...move]), ...through()];
}

/** memory.fill, copy, init and grow. */
function bulk({ random, passiveSegments }: Surroundings): Code {
  const length = random.oneIn(4) ? i32Const(random.below(9000)) : i32Const(random.below(40));
  const destination = random.oneIn(40) ? i32Const(-random.below(9000)) : pointer(random);
  const choice = random.below(10);
  if (choice < 4) return [...destination, ...value(random), ...length, 0xfc, 11, 0];
  if (choice < 7) return [...destination, ...pointer(random), ...length, 0xfc, 10, 0, 0];
  if (choice < 9 && passiveSegments > 0)
    return [
      ...destination,
      ...i32Const(random.below(4)),
      ...i32Const(random.below(24)),
      0xfc,
      8,
      random.below(passiveSegments),
      0,
    ];
  return random.oneIn(6)
    ? [...i32Const(random.below(2)), 0x40, 0, ...globalSet(globals.sum)]
    : store({ random, passiveSegments: 0, callable: [], hasTable: false });
}

/** Locals and globals of every type. */
function otherState(random: Random): Code {
  const i64 = [...localGet(locals.i64), ...value(random), 0xad, ...i64Const(random.below(1000)), 0x7e, 0x7c];
  switch (random.below(6)) {
    case 0:
      return [...i64, ...localTee(locals.i64), ...globalSet(globals.i64)];
    case 1:
      return [...globalGet(globals.i64), ...i64Const(1), 0x7c, ...localSet(locals.i64)];
    case 2:
      return [...value(random), 0xb3, ...localTee(locals.f32), ...globalSet(globals.f32)];
    case 3:
      return [
        ...globalGet(globals.f64),
        ...value(random),
        0xb8,
        0xa0,
        ...localTee(locals.f64),
        ...globalSet(globals.f64),
      ];
    case 4:
      return [...value(random), 0xfd, 17, ...localSet(locals.v128)];
    default:
      return [...pointer(random), 0xfd, 0, 0, 0, ...localSet(locals.v128)];
  }
}

/** The result of a function, or a number where none may be called. */
function called({ random, callable, hasTable }: Surroundings): Code {
  const callee = callable[random.below(callable.length)];
  if (callee === undefined) return i32Const(1);
  const target = hasTable && random.oneIn(2) ? [...i32Const(callee), 0x11, 0, 0] : call(callee);
  return [...pointer(random), ...value(random), ...target];
}
