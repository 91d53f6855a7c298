/** The binary format, byte by byte (component-model design/mvp/Binary.md; WebAssembly core specification, 5). */
import { describe, expect, test } from "@jest/globals";
import { inspectWasm } from "../../../model/index.ts";
import { component, custom, module, name, producers, section, u32 } from "./binary.ts";

/** A component that imports one thing of this type. */
const importing = (type: number[], form = 0): Uint8Array =>
  component(section(10, [1, form, ...name("a:b/c@0.2.0"), ...type]));
/** A component that exports one thing. */
const exporting = (rest: number[]): Uint8Array => component(section(11, [1, 0, ...name("a:b/c"), ...rest]));
/** A module that imports one thing. */
const moduleImporting = (type: number[]): Uint8Array =>
  module(section(2, [1, ...name("env"), ...name("it"), ...type]));

describe("a component", () => {
  test.each([
    ["a core module", [0x00, 0x11, 3]],
    ["a function", [0x01, 3]],
    ["a value equal to another", [0x02, 0x00, 3]],
    ["a value of a type", [0x02, 0x01, 0x7f]],
    ["a type equal to another", [0x03, 0x00, 3]],
    ["a resource", [0x03, 0x01]],
    ["a component", [0x04, 3]],
    ["an instance", [0x05, 0x80, 0x01]],
  ])("may import %s", (_what, type) => {
    expect(inspectWasm(importing(type)).imports).toEqual(["a:b/c@0.2.0"]);
  });

  test("may write names in either plain form", () => {
    expect(inspectWasm(importing([0x05, 0], 0x01)).imports).toEqual(["a:b/c@0.2.0"]);
  });

  test("may give a name attributes, which are passed over", () => {
    const named = [0x02, ...name("mine"), 2, 0x00, ...name("a:b/c"), 0x01, ...name(".1")];
    expect(inspectWasm(component(section(10, [1, ...named, 0x05, 0]))).imports).toEqual(["mine"]);
  });

  test.each([
    ["a function", [0x01, 0, 0]],
    ["a core module", [0x00, 0x11, 0, 0]],
    ["an instance with its type", [0x05, 0, 1, 0x05, 0]],
    ["a type with its bound", [0x03, 0, 1, 0x03, 0x01]],
  ])("may export %s", (_what, rest) => {
    expect(inspectWasm(exporting(rest)).exports).toEqual(["a:b/c"]);
  });

  test("is read over several sections, sorted, each name once", () => {
    const one = (text: string) => section(10, [1, 0, ...name(text), 0x05, 0]);
    expect(inspectWasm(component(one("b:b/b"), one("a:a/a"), one("b:b/b"))).imports).toEqual([
      "a:a/a",
      "b:b/b",
    ]);
  });

  test("keeps what it holds to itself", () => {
    const inner = [...component(section(10, [1, 0, ...name("in:ner/it"), 0x05, 0]))];
    const core = [...module(section(2, [1, ...name("env"), ...name("f"), 0, 0]))];
    const summary = inspectWasm(component(section(1, core), section(4, inner), section(1, core)));
    expect(summary).toMatchObject({ kind: "component", imports: [], exports: [], coreModules: 2 });
  });

  test("may be empty", () => {
    const none = { interfaces: [], functions: [], instances: [], types: [], others: [] };
    expect(inspectWasm(component())).toEqual({
      kind: "component",
      imports: [],
      exports: [],
      producers: {},
      sizeBytes: 8,
      coreModules: 0,
      world: { imports: none, exports: none },
      componentTypes: [],
      memories: [],
      modules: [],
      components: [],
      customSections: [],
    });
  });
});

describe("a module", () => {
  test.each([
    ["a function", [0, 3]],
    ["a table", [1, 0x70, 0x00, 1]],
    ["a table of typed references", [1, 0x64, 0x05, 0x01, 1, 2]],
    ["a memory", [2, 0x01, 1, 2]],
    ["a shared memory of 64 bits", [2, 0x07, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 2]],
    ["a memory with pages of its own size", [2, 0x08, 1, 0]],
    ["a global", [3, 0x7f, 1]],
    ["a tag", [4, 0, 3]],
  ])("may import %s", (_what, type) => {
    expect(inspectWasm(moduleImporting(type))).toMatchObject({
      kind: "module",
      imports: ["env#it"],
      coreModules: 1,
    });
  });

  test("exports by name", () => {
    expect(
      inspectWasm(module(section(7, [2, ...name("run"), 0, 1, ...name("memory"), 2, 0]))).exports,
    ).toEqual(["memory", "run"]);
  });
});

describe("tool chains", () => {
  test("name themselves", () => {
    const bytes = component(
      producers({ language: ["JavaScript"], "processed-by": ["ComponentizeJS 0.19.3", "wit-component 0.2"] }),
    );
    expect(inspectWasm(bytes).producers).toEqual({
      language: ["JavaScript"],
      "processed-by": ["ComponentizeJS 0.19.3", "wit-component 0.2"],
    });
  });

  test("say nothing by fields that are not known, or by a damaged section", () => {
    expect(inspectWasm(component(producers({ __proto__x: ["a"] }))).producers).toEqual({});
    expect(inspectWasm(component(custom("producers", [9, 9, 9]))).producers).toEqual({});
    expect(inspectWasm(component(custom("other", [1, 2]))).producers).toEqual({});
  });
});

describe("a damaged binary is refused", () => {
  const importsOf = (...bytes: number[]) => component(section(10, bytes));
  test.each([
    ["a section longer than the file", Uint8Array.from([...component(), 10, 5, 0]), "ends too early"],
    ["a section without a length", Uint8Array.from([...component(), 10]), "ends too early"],
    [
      "a number without an end",
      Uint8Array.from([...component(), 10, 0x80, 0x80, 0x80, 0x80, 0x80, 0]),
      "more than 32 bits",
    ],
    [
      "a number of 33 bits",
      Uint8Array.from([...component(), 10, 0xff, 0xff, 0xff, 0xff, 0x1f]),
      "more than 32 bits",
    ],
    ["a section of a kind that is not known", component(section(13, [])), "unknown kind 13"],
    ["a module's section of a kind that is not known", module(section(14, [])), "unknown kind 14"],
    ["a count of more entries than bytes", importsOf(...u32(1_000_000)), "more entries than it has bytes"],
    ["an import without a name", importsOf(1, 0), "ends too early"],
    ["a name longer than its section", importsOf(1, 0, 99, 97), "ends too early"],
    ["a name that is no UTF-8", importsOf(1, 0, 1, 0xff, 5, 0), "no UTF-8"],
    ["a name of an unknown form", importsOf(1, 3, ...name("a"), 5, 0), "unknown form 3"],
    ["an import of an unknown kind", importing([9, 0]), "unknown kind 9"],
    ["a core import that is no module", importing([0, 0x10, 0]), "no module"],
    ["a bound that is neither", importing([3, 7]), "where 0 or 1 belongs"],
    ["an export of an unknown sort", exporting([9, 0, 0]), "unknown sort 9"],
    ["an export with an odd flag", exporting([1, 0, 2]), "where 0 or 1 belongs"],
    ["bytes after the imports", importing([5, 0, 0]), "left over"],
    ["bytes after the exports", exporting([1, 0, 0, 0]), "left over"],
    ["bytes after a module's imports", moduleImporting([0, 0, 0]), "left over"],
    ["a module's import of an unknown kind", moduleImporting([5, 0]), "unknown kind 5"],
    ["a module's export of an unknown kind", module(section(7, [1, ...name("a"), 5, 0])), "unknown kind 5"],
    [
      "a memory without an end of its size",
      moduleImporting([2, 0, ...Array.from({ length: 11 }, () => 0x80)]),
      "more than 64 bits",
    ],
    ["a custom section without a name", component(section(0, [])), "ends too early"],
  ])("with %s", (_what, bytes, message) => {
    expect(() => inspectWasm(bytes)).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_WASM_MALFORMED", message: expect.stringContaining(message) }),
    );
  });

  test.each([
    ["nothing", [], "it is empty"],
    ["text", [...Buffer.from("#!/bin/sh\n")], "it holds text"],
    ["something else", [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0], "does not begin with \\0asm"],
    ["seven bytes", [0, 0x61, 0x73, 0x6d, 1, 0, 0], "it is cut off in its first 8 bytes"],
    ["two bytes", [0, 0x61], "does not begin with \\0asm"],
  ])("when it holds %s", (_what, bytes, message) => {
    expect(() => inspectWasm(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_WASM_MAGIC", message: expect.stringContaining(message) }),
    );
  });

  test("when its version is not known", () => {
    expect(() => inspectWasm(Uint8Array.from([0, 0x61, 0x73, 0x6d, 0x0c, 0, 1, 0]))).toThrow(
      expect.objectContaining({
        code: "ERR_SPIN_WASM_VERSION",
        message: expect.stringContaining("version 12, layer 1"),
      }),
    );
  });
});

test("a view into a larger buffer is read from its own beginning", () => {
  const bytes = importing([5, 0]);
  const larger = new Uint8Array(bytes.length + 10).fill(0xff);
  larger.set(bytes, 5);
  expect(inspectWasm(larger.subarray(5, 5 + bytes.length)).imports).toEqual(["a:b/c@0.2.0"]);
});
