/** What a reset of instances is built on: it is told of core instances and of writes, and tables go back to what they were. */
import { expect, test } from "@jest/globals";
import { compileCoreModule } from "../../../runtime/linker/instantiate/core-module.ts";
import { HandleTable } from "../../../runtime/linker/instantiate/handle-table.ts";
import { type InstanceHooks, linkComponent, makePlan } from "../../../runtime/linker/link.ts";
import { assemble, passingOn } from "./components.ts";

const { binary } = assemble({ binary: passingOn("(list u8)", ["i32", "i32"]) });

test("hooks see each core instance before and after it is made, and each range before it is written", async () => {
  const linked = await linkComponent(binary, makePlan(binary, []));
  const seen: unknown[] = [];
  const writes: [number, number][] = [];
  const hooks: InstanceHooks = {
    imports: (module, imports) => {
      seen.push([module, Object.keys(imports[""] ?? {})]);
      return imports;
    },
    made: (module, exports) => seen.push([module, Object.keys(exports)]),
    writesTo: (memory) => {
      expect(String(memory)).toBe("[object WebAssembly.Memory]");
      return (address, size) => writes.push([address, size]);
    },
  };
  const { exports, cores } = linked.instantiate({ "": { f: (value: unknown) => value } }, hooks);
  expect(seen).toEqual([
    [0, []],
    [0, ["memory", "realloc"]],
    [1, ["f"]],
    [1, ["g"]],
  ]);
  expect(cores.map((core) => Object.keys(core))).toEqual([["memory", "realloc"], ["g"]]);
  (exports["g"] as (value: Uint8Array) => unknown)(Uint8Array.of(1, 2, 3));
  // The parameter, what the host returned, and where it returned it to.
  expect(writes).toEqual([
    [4096, 3],
    [1024, 8],
    [4099, 3],
  ]);
});

test("a module can be rewritten before it is compiled", async () => {
  const plan = makePlan(binary, []);
  const sizes: number[] = [];
  await linkComponent(binary, plan, (bytes) => {
    sizes.push(bytes.length);
    return compileCoreModule(bytes);
  });
  expect(sizes).toEqual(plan.modules.map(({ size }) => size));
});

test("a handle table holds what it held when it was captured", () => {
  const table = new HandleTable();
  const kept = table.add(0, "kept");
  table.capture();
  table.takeOwn(kept, 0);
  table.add(1, "other");
  table.add(1, "another");
  table.restore();
  expect([table.size, table.rep(kept, 0)]).toEqual([1, "kept"]);
  expect(table.add(1, "next")).toBe(2);
});
