/** Whatever the bytes: a summary or a coded error, never another failure and never a hang. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { inspectWasm, isSpinError, type WasmSummary } from "../../../model/index.ts";
import { component, custom, module, name, producers, section } from "./binary.ts";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));
const real = readFileSync(join(checkout, "examples/quickstart/components/stats/stats.wasm"));
const adapter = readFileSync(
  join(checkout, "node_modules/@bytecodealliance/jco/lib/wasi_snapshot_preview1.reactor.wasm"),
);

function inspected(bytes: Uint8Array): WasmSummary | undefined {
  try {
    return inspectWasm(bytes);
  } catch (error) {
    if (isSpinError(error) && error.code.startsWith("ERR_SPIN_WASM_")) return undefined;
    throw error;
  }
}

/** The preamble and the outermost sections. */
function pieces(bytes: Uint8Array): Uint8Array[] {
  const found = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    const start = at++;
    let size = 0;
    for (let [byte, shift] = [0x80, 0]; byte >= 0x80; shift += 7) {
      byte = bytes[at++] ?? 0;
      size += (byte & 0x7f) * 2 ** shift;
    }
    at += size;
    found.push(bytes.subarray(start, at));
  }
  return found;
}

/** Without large sections, so that changes hit what is read and not code. */
function shell(bytes: Uint8Array): Uint8Array {
  return Buffer.concat(pieces(bytes).filter(({ length }) => length < 4096));
}

/** Every kind of thing that is read, at two depths. */
function everything(): Uint8Array {
  const core = module(
    section(2, [2, ...name("env"), ...name("memory"), 2, 1, 1, 2, ...name("env"), ...name("f"), 0, 0]),
    section(5, [2, 0, 1, 15, 1, 2, 0]),
    section(7, [1, ...name("run"), 0, 1]),
    custom("component-type:shop", [...component(section(11, [1, 0, ...name("shop"), 3, 0, 0]))]),
  );
  const half = [
    section(1, [...core]),
    section(10, [2, 0, ...name("a:b/c"), 5, 0, 0, ...name("log"), 1, 0]),
    section(11, [1, 0, ...name("d:e/f"), 5, 0, 0]),
    producers({ language: ["JavaScript"], "processed-by": ["tool 1"] }),
  ];
  return component(...half, section(4, [...component(...half)]));
}

const seeds = [
  shell(real),
  shell(adapter),
  component(producers({ language: ["a 1"] }), section(10, [0])),
  everything(),
];

test("the seeds are read as they are", () => {
  expect(seeds.map((seed) => inspected(seed)?.kind)).toEqual([
    "component",
    "module",
    "component",
    "component",
  ]);
  expect(inspectWasm(everything())).toMatchObject({ runtime: "javascript", coreModules: 1 });
  expect(inspectWasm(everything()).memories).toHaveLength(6);
  expect(inspectWasm(real).imports).toContain("fermyon:spin/key-value@2.0.0");
  expect(inspectWasm(real).exports).toEqual([expect.stringMatching(/^wasi:http\/incoming-handler@0\.2\./)]);
  expect(inspectWasm(adapter).exports).toContain("fd_write");
});

test("bytes that were changed", () => {
  const change = fc.tuple(fc.nat(), fc.nat(255));
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      (seed, changes) => {
        const bytes = Uint8Array.from(seed);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        expect(() => inspected(bytes)).not.toThrow();
      },
    ),
    { numRuns: 800 },
  );
});

test("bytes that were cut out or put in", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.nat(),
      fc.nat(64),
      fc.uint8Array({ maxLength: 16 }),
      (seed, at, gone, put) => {
        const start = at % seed.length;
        const bytes = Buffer.concat([seed.subarray(0, start), put, seed.subarray(start + gone)]);
        expect(() => inspected(bytes)).not.toThrow();
      },
    ),
    { numRuns: 600 },
  );
});

test("a file that was cut off anywhere is refused, or the cut lies between sections", () => {
  for (const seed of seeds) {
    const { imports } = inspectWasm(seed);
    const cuts = Array.from(seed, (_, length) => inspected(seed.subarray(0, length)));
    const read = cuts.filter((summary) => summary !== undefined);
    expect(read).toHaveLength(pieces(seed).length - 1);
    expect(imports).toEqual(expect.arrayContaining(read.flatMap((summary) => summary.imports)));
  }
});

test("any bytes at all behind a preamble", () => {
  const preambles = [component(), seeds[1]!.subarray(0, 8)];
  fc.assert(
    fc.property(fc.constantFrom(...preambles), fc.uint8Array({ maxLength: 200 }), (preamble, rest) => {
      expect(() => inspected(Buffer.concat([preamble, rest]))).not.toThrow();
    }),
    { numRuns: 800 },
  );
});

test("a binary that announces far more than it has costs no memory", () => {
  const before = process.memoryUsage().arrayBuffers;
  for (const id of [0, 2, 7, 10, 11]) inspected(component([id, 0xff, 0xff, 0xff, 0xff, 0x0f]));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});
