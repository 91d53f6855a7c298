/** What `pulumi-spin inspect` prints, for a person and for programs. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import type { Result } from "../../../cli/command.ts";
import { inspect } from "../../../cli/commands/inspect.ts";
import { inspectWasm } from "../../../model/index.ts";
import { component, custom, module, name, producers, section } from "./binary.ts";

const folder = mkdtempSync(join(tmpdir(), "inspect-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function inspected(bytes: Uint8Array | string): Promise<Result> {
  const file = join(folder, "some.wasm");
  writeFileSync(file, bytes);
  return inspect.run({
    arguments: [file],
    flags: new Set(),
    options: new Map(),
    lists: new Map(),
    stateDir: undefined,
    format: "plain",
  });
}

const core = module(
  section(2, [1, ...name("env"), ...name("memory"), 2, 0, 1]),
  section(5, [2, 0, 17, 7, 1, 2]),
  section(7, [1, ...name("run"), 0, 1]),
);
/** An import of a component: its name and its type. */
const item = (title: string, ...type: number[]): number[] => [0, ...name(title), ...type];
const shop = component(
  section(1, [...core]),
  section(4, [...component(section(11, [1, 0, ...name("a:b/c"), 5, 0, 0]))]),
  section(10, [
    5,
    ...item("wasi:http/types@0.2.10", 5, 0),
    ...item("clock", 5, 0),
    ...item("log", 1, 0),
    ...item("price", 3, 0, 0),
    ...item("rest", 4, 0),
  ]),
  section(11, [1, 0, ...name("wasi:http/incoming-handler@0.2.10"), 5, 0, 0]),
  producers({ language: ["JavaScript"], "processed-by": ["ComponentizeJS 0.19.3"] }),
);

test("a person reads what a component imports, exports and holds", async () => {
  expect((await inspected(shop)).text?.split("\n")).toEqual([
    `component, ${shop.length} bytes`,
    "made by JavaScript, ComponentizeJS 0.19.3",
    "runs javascript, which imports everything, used or not",
    "imports",
    "  clock (instance)",
    "  log (function)",
    "  price (type)",
    "  rest (not in WIT)",
    "  wasi:http/types@0.2.10",
    "exports",
    "  wasi:http/incoming-handler@0.2.10",
    "memory",
    "  17 pages of 65536 bytes, no maximum",
    "  1 page of 65536 bytes, 2 at most, 64 bits, shared",
    "modules",
    `  ${core.length} bytes, imports 1, exports 1`,
    "components",
    "  21 bytes, imports 0, exports 1",
    "custom sections",
    "  producers, 59 bytes",
  ]);
});

test("a person reads the world that a module was made for", async () => {
  const encoded = component(section(11, [1, 0, ...name("shop"), 3, 0, 0]));
  const bytes = module(custom("component-type:bindings", [...encoded]));
  expect((await inspected(bytes)).text).toContain("made for the world\n  shop\n");
});

test("a program gets everything that inspectWasm tells", async () => {
  const { data } = await inspected(shop);
  expect(JSON.parse(JSON.stringify(data))).toEqual(inspectWasm(shop));
});

test("names in the file cannot steer the terminal", async () => {
  const bytes = module(section(7, [1, ...name("\u001B[2Jrun\nexports\u202E"), 0, 0]));
  expect((await inspected(bytes)).text).toContain("  \\u{1b}[2Jrun\\u{a}exports\\u{202e}");
});

test("WebAssembly text is told so, with the file's name and the next step", async () => {
  await expect(inspected("(module)")).rejects.toMatchObject({
    code: "ERR_SPIN_WASM_MAGIC",
    message: expect.stringMatching(/some\.wasm: .*it holds WebAssembly text/),
    hint: expect.stringContaining("wasm-tools parse"),
  });
});
