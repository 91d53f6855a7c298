import { expect, test } from "@jest/globals";
import { type Code, i32Const, localGet, localSet } from "../../../scripts/fuzz/guest/code.ts";
import { guest, startPlain, start } from "./guest.ts";

/** run(pages, address): grows, writes the former size and the new one there. */
const growAndTell: Code = [
  ...localGet(0),
  0x40,
  0,
  ...localSet(2),
  ...localGet(1),
  ...localGet(2),
  0x36,
  0,
  0,
  ...localGet(1),
  0x3f,
  0,
  0x36,
  0,
  4,
];

function told(memory: Uint8Array, at: number): number[] {
  return [...new Int32Array(memory.buffer, memory.byteOffset + at, 2)];
}

test.each([
  ["within the headroom", [1, 2, 0, 3]],
  ["beyond it", [1, 5, 0, 1, 2]],
  ["at once", [9]],
  ["more than is allowed", [2, 100, 1]],
  ["by a number that is negative", [-1, 1, -3]],
])("a guest that grows %s is told what it would be told without headroom", (_how, growths) => {
  for (const memory of [
    [0, 2],
    [1, 2, 5],
    [1, 2, 12],
  ]) {
    const bytes = guest({ code: growAndTell, memory: memory.length === 2 ? [1, 2, 20] : memory });
    const [plain, changed] = [startPlain(bytes), start(bytes, { headroomPages: 4 })];
    for (const [index, pages] of growths.entries()) {
      plain.run(pages, 8 * index);
      changed.run(pages, 8 * index);
      expect(told(changed.memory(), 8 * index)).toEqual(told(plain.memory(), 8 * index));
    }
  }
});

test("what a guest wrote after growing within the headroom is gone after the reset, and so is the growth", () => {
  const code: Code = [...growAndTell, ...i32Const(2 * 65_536 + 70_000), ...i32Const(7), 0x36, 0, 0];
  const { run, memory, fresh } = start(guest({ code, memory: [0, 2] }), { headroomPages: 4 });
  for (let left = 3; left > 0; left--) {
    run(3, 0);
    expect(told(memory(), 0)).toEqual([2, 5]);
    expect(memory()[2 * 65_536 + 70_000]).toBe(7);
    expect(fresh.restore()).toBe(true);
    expect(memory().every((byte) => byte === 0)).toBe(true);
  }
});

test("an instance that has grown beyond the headroom is to be thrown away", () => {
  const { run, fresh } = start(guest({ code: growAndTell, memory: [0, 2] }), { headroomPages: 4 });
  run(5, 0);
  expect(fresh.restore()).toBe(false);
});

test("a module that knows nothing of headroom finds none in the memory that it imports", () => {
  const { run, exports, memory, fresh } = start(guest({ code: growAndTell, memory: [0, 2] }), {
    headroomPages: 4,
  });
  const unknowing = { globals: [], memories: [], tables: [], hasMarks: false, obstacles: [] };
  const effects = {
    changesTables: false,
    dropsSegments: false,
    usesAtomics: false,
    stores: 0,
    marks: 0,
    checks: 0,
    sizes: 0,
  };
  fresh.imports({ ...unknowing, effects }, { env: { memory: exports["memory"] } });
  run(1, 0);
  expect(told(memory(), 0)).toEqual([6, 7]);
});
