/** Every way to write memory is followed: what a request wrote is gone after a reset. `verify` compares all of it. */
import { describe, expect, test } from "@jest/globals";
import { type Code, i32Const, localGet, localSet, u32 } from "../../../scripts/fuzz/guest/code.ts";
import { guest, start, startPlain } from "./guest.ts";

const at = (address: number): Code => i32Const(address);
const v128: Code = [0xfd, 12, ...Array.from({ length: 16 }, (_, index) => index + 1)];
const i64: Code = [0x42, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
const one = i32Const(0x0101_0101);

const stores: [string, Code, Code][] = [
  ["i32.store", one, [0x36, 0]],
  ["i64.store", i64, [0x37, 0]],
  ["f32.store", [0x43, 0, 0, 0x80, 0x3f], [0x38, 0]],
  ["f64.store", [0x44, 1, 2, 3, 4, 5, 6, 7, 8], [0x39, 0]],
  ["i32.store8", one, [0x3a, 0]],
  ["i32.store16", one, [0x3b, 0]],
  ["i64.store8", i64, [0x3c, 0]],
  ["i64.store16", i64, [0x3d, 0]],
  ["i64.store32", i64, [0x3e, 0]],
  ["v128.store", v128, [0xfd, 11, 0]],
];
const laneStores: [string, Code, Code, Code][] = [
  ["v128.store8_lane", v128, [0xfd, 88, 0], [3]],
  ["v128.store16_lane", v128, [0xfd, 89, 0], [3]],
  ["v128.store32_lane", v128, [0xfd, 90, 0], [3]],
  ["v128.store64_lane", v128, [0xfd, 91, 0], [1]],
];
const all = [...stores.map(([title, value, opcode]) => [title, value, opcode, []] as const), ...laneStores];

/** Runs it, sees that it wrote, resets it; `verify` throws where anything is left. */
function expectUndone(code: Code, parts: Partial<Parameters<typeof guest>[0]> = {}): void {
  const bytes = guest({ code, ...parts });
  const plain = startPlain(bytes);
  plain.run();
  const { run, memory, fresh } = start(bytes);
  const before = memory().slice();
  run();
  expect(Buffer.compare(memory(), before)).not.toBe(0);
  expect(Buffer.compare(memory(), plain.memory())).toBe(0);
  expect(fresh.restore()).toBe(true);
  expect(Buffer.compare(memory(), before)).toBe(0);
}

describe.each(all)("%s", (_title, value, opcode, lane) => {
  test.each([
    ["in the middle of a page", 5000, 0],
    ["across the end of a page", 8191, 0],
    ["by an offset, across the end of a page", 4000, 4191],
    ["at the very end of the memory", 131_072 - 16, 0],
  ])("%s", (_where, address, offset) => {
    expectUndone([...at(address), ...value, ...opcode, ...u32(offset), ...lane]);
    // Through a local, whose mark is written in another way.
    expectUndone([
      ...at(address),
      ...localSet(2),
      ...localGet(2),
      ...value,
      ...opcode,
      ...u32(offset),
      ...lane,
    ]);
  });
});

describe("memory.fill, copy and init", () => {
  const data: Code[] = [[1, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]];
  const fill = (address: number, length: number): Code => [
    ...at(address),
    ...i32Const(7),
    ...i32Const(length),
    0xfc,
    11,
    0,
  ];
  test.each([
    ["one byte", 4095, 1],
    ["two pages", 4095, 2],
    ["many pages", 4000, 30_000],
    ["all of the memory", 0, 131_072],
  ])("fill of %s", (_what, address, length) => expectUndone(fill(address, length)));

  test("copy across the end of a page, and init", () => {
    expectUndone([...fill(100, 8), ...at(8190), ...at(100), ...i32Const(8), 0xfc, 10, 0, 0]);
    expectUndone([...at(8190), ...i32Const(2), ...i32Const(8), 0xfc, 8, 0, 0], { data });
  });

  test("of nothing at the end of the memory do not trap, and of too much trap as before", () => {
    const nothing = start(guest({ code: fill(131_072, 0) }));
    nothing.run();
    expect(nothing.fresh.restore()).toBe(true);
    for (const code of [fill(131_072, 1), fill(-1, 1), fill(-1, -1), fill(100, -1), fill(131_073, 0)]) {
      const bytes = guest({ code });
      expect(start(bytes).run).toThrow("memory access out of bounds");
      expect(startPlain(bytes).run).toThrow("memory access out of bounds");
    }
  });
});

test.each([
  ["beyond the memory", 131_072, 0],
  ["partly beyond the memory", 131_070, 0],
  ["beyond 32 bits by its offset", -16, 0xffff_ffff],
])("a store %s traps as before, and changes nothing", (_where, address, offset) => {
  const code: Code = [...at(address), ...one, 0x36, 0, ...u32(offset)];
  const { run, memory } = start(guest({ code }));
  const before = memory().slice();
  expect(run).toThrow("memory access out of bounds");
  expect(Buffer.compare(memory(), before)).toBe(0);
});

describe("a mark stands for later stores only where it covers them", () => {
  const store = (offset: number): Code => [...localGet(2), ...one, 0x36, 0, ...u32(offset)];
  const to = (address: number): Code => [...at(address), ...localSet(2)];

  test.each([495, 496, 497, 500, 508, 509, 512, 513, 4096])("%i bytes on, in the next page", (distance) => {
    for (const start of [4095, 4092, 4080]) expectUndone([...to(start), ...store(0), ...store(distance)]);
  });

  test("not at a lower address", () => expectUndone([...to(4090), ...store(100), ...store(0)]));

  test("not for another value of the pointer", () => {
    expectUndone([...to(100), ...store(0), ...to(20_000), ...store(0)]);
    expectUndone([...to(100), ...store(0), ...at(20_000), 0x22, 2, ...one, 0x36, 0, 0]);
    // The address is taken before the pointer changes.
    expectUndone([...to(100), ...store(0), ...to(20_000), ...localGet(2), ...to(100), ...one, 0x36, 0, 0]);
  });

  test("not in the next turn of a loop", () => {
    const turn: Code = [
      ...store(0),
      ...localGet(2),
      ...i32Const(8192),
      0x6a,
      0x22,
      2,
      ...i32Const(60_000),
      0x49,
      0x0d,
      0,
    ];
    expectUndone([...to(100), ...store(0), 0x03, 0x40, ...turn, 0x0b]);
  });

  test("not in the other branch, nor after a branch that may not run", () => {
    for (const condition of [0, 1]) {
      expectUndone([
        ...to(100),
        ...i32Const(condition),
        0x04,
        0x40,
        ...store(0),
        0x05,
        ...store(0),
        0x0b,
        ...store(4),
      ]);
      expectUndone([...to(100), 0x02, 0x40, ...i32Const(condition), 0x0d, 0, ...store(0), 0x0b, ...store(4)]);
    }
  });

  test("not when the address is chosen among several", () => {
    const chosen: Code = [...localGet(2), ...localGet(3), ...localGet(0), 0x1b];
    expectUndone([...to(100), ...at(20_000), ...localSet(3), ...store(0), ...chosen, ...one, 0x36, 0, 0]);
    // Below the choice lies the pointer that was marked.
    expectUndone([
      ...to(100),
      ...at(20_000),
      ...localSet(3),
      ...store(0),
      ...localGet(2),
      ...chosen,
      ...one,
      0x36,
      0,
      0,
      0x1a,
    ]);
  });

  test("not when a call's result is the value, and its operands lie where the address would", () => {
    const parts = { functions: [{ code: [] }] };
    const call: Code = [...localGet(2), ...localGet(2), 0x10, 1];
    expectUndone([...to(100), ...store(0), ...at(20_000), ...call, ...one, 0x36, 0, 0], parts);
  });
});

test("a function without locals gets those that its marks need, of every type", () => {
  const code: Code = stores.flatMap(([_title, value, opcode], index) => [
    ...at(4095 + 8192 * index),
    ...value,
    ...opcode,
    0,
  ]);
  expectUndone(code, { locals: [0] });
});
