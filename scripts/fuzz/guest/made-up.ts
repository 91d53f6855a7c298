/** Whole modules: one with a memory, and one that imports it, as the adapter of a component does. */
import type { Random } from "../random.ts";
import {
  body,
  type Code,
  globalGet,
  globalSet,
  i32Const,
  i64Const,
  localGet,
  module,
  name,
  section,
  u32,
} from "./code.ts";
import { globals, localTypes, statements } from "./statements.ts";

const i32 = 0x7f;
const [globalTypes, steps] = [[i32, i32, 0x7e, 0x7d, 0x7c], 300];
/** Pages: two at first, three at most. */
const memoryLimits = [1, 2, 3];

/** A module that exports `run`, (i32, i32) → i32, its globals as g0, g1 … and its memory. */
export function madeUpModule(random: Random, importsMemory: boolean): Uint8Array<ArrayBuffer> {
  const functions = 2 + random.below(4);
  const passiveSegments = random.below(3);
  const hasTable = random.oneIn(2);
  const indexes = Array.from({ length: functions }, (_, index) => index);
  const bodies = indexes.map((index) => {
    const callable = indexes.slice(index + 1);
    const code = statements({ random, callable, hasTable, passiveSegments }, 0, 0);
    return body(localTypes, [...(index === 0 ? begin : stopWithoutSteps), ...code, ...result]);
  });
  const passive = Array.from({ length: passiveSegments }, () => [1, ...bytes(random, 32)]);
  const active = importsMemory
    ? []
    : Array.from({ length: random.below(4) }, () => [
        0,
        ...i32Const(random.below(130_000)),
        0x0b,
        ...bytes(random, 1 + random.below(60)),
      ]);
  const data = [...passive, ...active];
  return module(
    section(1, [[0x60, 2, i32, i32, 1, i32]]),
    ...(importsMemory ? [section(2, [[...name("main"), ...name("memory"), 2, ...memoryLimits]])] : []),
    section(
      3,
      indexes.map(() => [0]),
    ),
    ...(hasTable ? [section(4, [[0x70, 1, functions, functions]])] : []),
    ...(importsMemory ? [] : [section(5, [memoryLimits])]),
    section(
      6,
      globalTypes.map((type) => [type, 1, ...initial(type, random), 0x0b]),
    ),
    section(7, [
      [...name("run"), 0, 0],
      ...(importsMemory ? [] : [[...name("memory"), 2, 0]]),
      ...globalTypes.map((_type, index) => [...name(`g${index}`), 3, index]),
    ]),
    ...(hasTable ? [section(9, [[0, ...i32Const(0), 0x0b, functions, ...indexes]])] : []),
    counted(12, data.length),
    section(10, bodies),
    section(11, data),
  );
}

const begin: Code = [...i32Const(steps), ...globalSet(globals.steps)];
const stopWithoutSteps: Code = [
  ...globalGet(globals.steps),
  ...i32Const(1),
  0x6b,
  ...globalSet(globals.steps),
  ...globalGet(globals.steps),
  ...i32Const(0),
  0x4c,
  0x04,
  0x40,
  ...i32Const(7),
  0x0f,
  0x0b,
];
const result: Code = [...globalGet(globals.sum), ...localGet(2), 0x73, ...localGet(1), 0x6a];

function initial(type: number, random: Random): Code {
  if (type === i32) return i32Const(random.below(1000));
  if (type === 0x7e) return i64Const(random.below(1000));
  return type === 0x7d
    ? [0x43, 0, 0, random.below(128), 0x41]
    : [0x44, 0, 0, 0, 0, 0, random.below(256), 0x4a, 0x40];
}

function bytes(random: Random, length: number): Code {
  return [...u32(length), ...Array.from({ length }, () => random.below(256))];
}

/** A section that holds a number alone. */
function counted(id: number, count: number): Code {
  return [id, u32(count).length, ...u32(count)];
}
