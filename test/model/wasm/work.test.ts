/** How much of a binary is looked at: counted in bytes, since time says little on a busy machine. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { inspectWasm } from "../../../model/index.ts";
import { component, custom, module, name, producers, section } from "./binary.ts";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));

/** Bytes that were looked at one by one or taken out as a whole, and bytes that were copied. */
function workOf(bytes: Uint8Array): { read: number; copied: number } {
  const work = { read: 0, copied: 0 };
  const watched = new Proxy(bytes, {
    get(target, key) {
      if (typeof key === "string" && /^\d+$/.test(key)) work.read++;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      return (...taken: unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, taken);
        if (result instanceof Uint8Array) {
          work.read += result.length;
          if (result.buffer !== target.buffer) work.copied += result.length;
        }
        return result;
      };
    },
  });
  inspectWasm(watched);
  return work;
}

test("the count sees what is read", () => {
  const { read, copied } = workOf(component(custom("abc", [1, 2, 3])));
  expect(read).toBeGreaterThan(8);
  expect(read).toBeLessThan(30);
  expect(copied).toBe(0);
});

describe("of real binaries only heads and names are read, and nothing is copied", () => {
  test.each([
    ["examples/quickstart/components/stats/stats.wasm", 0.06],
    ["node_modules/@bytecodealliance/componentize-js/lib/starlingmonkey_embedding.wasm", 0.001],
    ["node_modules/@bytecodealliance/jco-transpile/vendor/wasm-tools.core.wasm", 0.01],
    ["examples/quickstart/components/api/dist/api.wasm", 0.01],
  ])("%s", (file, share) => {
    const path = join(checkout, file);
    // The last is there after a build only.
    if (!existsSync(path)) return;
    const bytes = readFileSync(path);
    const { read, copied } = workOf(bytes);
    expect(read / bytes.length).toBeLessThan(share);
    expect(copied).toBe(0);
  });
});

test("code and data are skipped, however much there is", () => {
  const around = (size: number): Uint8Array => {
    const code = Uint8Array.from(
      section(
        10,
        Array.from({ length: size }, () => 0),
      ),
    );
    const inside = Buffer.concat([module(), code]);
    return Uint8Array.from([...component(), ...section(1, [...inside])]);
  };
  // Only the sizes themselves take another byte or two.
  expect(workOf(around(100_000)).read - workOf(around(100)).read).toBeLessThan(8);
});

test("no byte is read more than twice, however modules and components are nested", () => {
  const names = fc.array(fc.string({ maxLength: 12 }), { maxLength: 8 });
  const imports = names.map((all) =>
    section(10, [all.length, ...all.flatMap((it) => [0, ...name(it), 5, 0])]),
  );
  const exports = names.map((all) => section(7, [all.length, ...all.flatMap((it) => [...name(it), 0, 0])]));
  const tools = names.map((all) => producers({ sdk: all }));
  const core = fc
    .array(fc.oneof(exports, tools), { maxLength: 3 })
    .map((parts) => section(1, [...module(...parts)]));
  const { whole } = fc.letrec<{ whole: Uint8Array }>((tie) => ({
    whole: fc
      .array(
        fc.oneof(
          { maxDepth: 6, depthIdentifier: "nested" },
          imports,
          core,
          tools,
          tie("whole").map((bytes) => section(4, [...bytes])),
        ),
        { maxLength: 4, depthIdentifier: "nested" },
      )
      .map((parts) => component(...parts)),
  }));
  fc.assert(
    fc.property(whole, (bytes) => {
      const { read, copied } = workOf(bytes);
      expect(read).toBeLessThanOrEqual(2 * bytes.length + 64);
      expect(copied).toBe(0);
    }),
    { numRuns: 150 },
  );
});

test("nesting does not make the work grow faster than the file", () => {
  const deep = (depth: number): Uint8Array =>
    depth === 0 ? component() : component(section(4, [...deep(depth - 1)]));
  for (const depth of [1, 8, 32]) {
    const bytes = deep(depth);
    expect(workOf(bytes).read).toBeLessThanOrEqual(2 * bytes.length + 64);
  }
});
