import { describe, expect, test } from "@jest/globals";
import { rewriteModule } from "../../../runtime/reset/rewrite-module.ts";
import type { CoreGlobal, CoreTable } from "../../../runtime/reset/state/core-objects.ts";
import { FreshState } from "../../../runtime/reset/state/fresh-state.ts";
import { type Code, globalSet, i32Const, localGet, name } from "../../../scripts/fuzz/guest/code.ts";
import { guest, roomy, start } from "./guest.ts";

const write: Code = [...localGet(0), ...i32Const(1), 0x36, 0, 0];
const data: Code[] = [
  [0, ...i32Const(100), 0x0b, 3, 1, 2, 3],
  [1, 3, 1, 2, 3],
];

test("mutable globals that the module does not export are restored, immutable ones left alone", () => {
  const globals: Code[] = [
    [0x7f, 0, ...i32Const(1), 0x0b],
    [0x7f, 1, ...i32Const(2), 0x0b],
    [0x7e, 1, 0x42, 3, 0x0b],
  ];
  const { run, exports, fresh } = start(guest({ code: [...i32Const(9), ...globalSet(1)], globals }));
  run();
  const global = exports["pulumi-spin:reset/global/1"] as CoreGlobal;
  expect(global.value).toBe(9);
  expect(fresh.restore()).toBe(true);
  expect(global.value).toBe(2);
  expect(exports).not.toHaveProperty(["pulumi-spin:reset/global/0"]);
});

test("names that a module exports already are not taken", () => {
  const exports: Code[] = [[...name("pulumi-spin:reset/marks"), 0, 0]];
  const { run, memory, fresh } = start(guest({ code: write, exports }));
  run(5000);
  expect(fresh.restore()).toBe(true);
  expect(memory()[5000]).toBe(0);
});

test("an instance whose memory has grown has to be replaced", () => {
  const { run, fresh } = start(guest({ code: [...i32Const(1), 0x40, 0, 0x1a] }));
  run();
  expect(fresh.restore()).toBe(false);
});

test("a reset that leaves something behind is noticed where it is looked for", () => {
  const { memory, fresh } = start(guest({ code: write }));
  memory()[5000] = 1;
  expect(() => fresh.restore()).toThrow(expect.objectContaining({ code: "ERR_SPIN_RUNTIME_RESET" }));
});

test("what the host writes is restored when it says so", () => {
  const { exports, memory, fresh } = start(guest({ code: write, data }));
  memory().fill(7, 4000, 20_000);
  fresh.writesTo(exports["memory"])(4000, 16_000);
  expect(fresh.restore()).toBe(true);
  expect(memory().subarray(99, 104)).toEqual(Uint8Array.of(0, 1, 2, 3, 0));
  expect(
    memory()
      .subarray(4000, 20_000)
      .every((byte) => byte === 0),
  ).toBe(true);
});

test("all memory is restored at the level of memory", () => {
  const { memory, fresh } = start(guest({ code: write, data }), { marks: false });
  memory().fill(7);
  expect(fresh.restore()).toBe(true);
  expect(memory().subarray(99, 104)).toEqual(Uint8Array.of(0, 1, 2, 3, 0));
  expect(
    memory()
      .subarray(104)
      .every((byte) => byte === 0),
  ).toBe(true);
});

test("two instances of a component share an image that is equal, and only then", () => {
  const bytes = guest({ code: write, data });
  const images = start(bytes).fresh.capture().images;
  expect(start(bytes).fresh.capture(images).images[0]).toBe(images[0]);
  const other = start(bytes);
  other.memory()[131_071] = 1;
  expect(other.fresh.capture(images).images[0]).not.toBe(images[0]);
});

describe("the level", () => {
  const level = (parts: Parameters<typeof guest>[0]): [string, string[]] => {
    const { plan } = rewriteModule(guest(parts), roomy);
    const { fresh } = start(guest(parts));
    return [fresh.capture().level, plan.obstacles.map(({ reason }) => reason)];
  };
  const tables: Code[] = [[0x70, 0, 2]];
  const elements: Code[] = [[1, 0, 1, 0]];
  const numbers = [...i32Const(0), ...i32Const(0), ...i32Const(1)];

  test("is that of pages for stores, segments that are not dropped, and an exported table", () => {
    expect(level({ code: [...write, ...numbers, 0xfc, 8, 1, 0], data, tables })).toEqual(["dirty-pages", []]);
  });

  test.each<[string, Code]>([
    ["table.set", [...i32Const(0), 0xd2, 0, 0x26, 0]],
    ["table.grow", [0xd0, 0x70, ...i32Const(1), 0xfc, 15, 0, 0x1a]],
    ["table.copy", [...numbers, 0xfc, 14, 0, 0]],
    ["table.init", [...numbers, 0xfc, 12, 0, 0]],
    ["table.fill", [...i32Const(0), 0xd0, 0x70, ...i32Const(1), 0xfc, 17, 0]],
  ])("is that of fresh instances for %s", (_title, code) => {
    expect(level({ code, tables, elements })).toEqual(["fresh-instance", ["changes tables while it runs"]]);
  });

  test.each<[string, Code]>([
    ["data.drop", [0xfc, 9, 1]],
    ["elem.drop", [0xfc, 13, 0]],
  ])("is that of fresh instances for %s", (_title, code) => {
    const reason = "drops segments of data or elements while it runs";
    expect(level({ code, data, tables, elements })).toEqual(["fresh-instance", [reason]]);
  });

  test("is that of fresh instances for memory shared by threads, and for atomics", () => {
    expect(level({ code: [], memory: [3, 1, 2] })).toEqual([
      "fresh-instance",
      ["shares its memory with other threads"],
    ]);
    const atomic = [...i32Const(0), 0xfe, 0x10, 2, 0, 0x1a];
    const reason = "uses what this host cannot follow: atomic instructions";
    expect(level({ code: atomic })).toEqual(["fresh-instance", [reason]]);
  });

  test("is that of fresh instances for globals that hold references or vectors", () => {
    const reason = "has a mutable global that holds no number";
    for (const global of [
      [0x70, 1, 0xd0, 0x70, 0x0b],
      [0x7b, 1, 0xfd, 12, ...Array<number>(16).fill(0), 0x0b],
    ])
      expect(level({ code: [], globals: [global] })).toEqual(["fresh-instance", [reason]]);
  });

  test("is that of fresh instances for a global that holds NaN, whose bits JavaScript does not keep", () => {
    expect(level({ code: [], globals: [[0x7d, 1, 0x43, 1, 0, 0xc0, 0x7f, 0x0b]] })[0]).toBe("fresh-instance");
  });

  test("is that of memory for 64-bit addresses", () => {
    const code: Code = [0x42, 0, ...i32Const(1), 0x36, 0, 0];
    expect(level({ code, memory: [4, 1] })).toEqual(["memory", ["has a memory with 64-bit addresses"]]);
  });

  test("is that of fresh instances when nobody follows the memory that a module writes into", () => {
    const fresh = new FreshState();
    const { plan } = rewriteModule(guest({ code: write }), roomy);
    const wantsMarks = { as: ["m", "marks"], memory: ["env", "memory"] } as const;
    const given = fresh.imports({ ...plan, wantsMarks }, { env: { memory: {} } });
    expect(given).toHaveProperty(["m", "marks"]);
    expect(fresh.capture().level).toBe("fresh-instance");
  });
});

describe("limits", () => {
  const grow: Code = [...localGet(0), 0x40, 0, 0x1a];

  test("a memory grows up to its limit and no further, whatever the module says", () => {
    for (const memory of [
      [0, 2],
      [1, 2, 100],
    ]) {
      const { run, memory: bytes } = start(guest({ code: grow, memory }), { memoryBytes: 4 * 65_536 + 1 });
      run(3);
      expect(bytes().length).toBe(2 * 65_536);
      run(2);
      expect(bytes().length).toBe(4 * 65_536);
    }
  });

  test("a smaller maximum of the module's own stays", () => {
    const { run, memory } = start(guest({ code: grow, memory: [1, 2, 3] }));
    run(2);
    expect(memory().length).toBe(2 * 65_536);
  });

  test("a table grows up to its limit and no further", () => {
    const tables: Code[] = [
      [0x70, 0, 2],
      [0x40, 0, 0x70, 1, 1, 50, 0xd0, 0x70, 0x0b],
    ];
    const { exports } = start(guest({ code: [], tables }), { tableElements: 10 });
    for (const table of ["pulumi-spin:reset/table/0", "pulumi-spin:reset/table/1"].map(
      (it) => exports[it] as CoreTable,
    )) {
      const { length } = table;
      const growable = table as CoreTable & { grow(delta: number): number };
      expect(() => growable.grow(11 - length)).toThrow(RangeError);
      expect(growable.grow(10 - length)).toBe(length);
    }
  });

  test("a module that begins beyond them is refused", () => {
    const refused = expect.objectContaining({ code: "ERR_SPIN_RUNTIME_MEMORY_LIMIT" });
    expect(() => rewriteModule(guest({ code: [] }), { ...roomy, memoryBytes: 65_536 })).toThrow(refused);
    expect(() =>
      rewriteModule(guest({ code: [], tables: [[0x70, 0, 9]] }), { ...roomy, tableElements: 8 }),
    ).toThrow(refused);
  });
});
