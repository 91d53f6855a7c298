/** What a component holds: modules and components in it, their memories and tool chains. */
import { describe, expect, test } from "@jest/globals";
import { inspectWasm } from "../../../model/index.ts";
import { component, custom, module, name, producers, section, u32 } from "./binary.ts";

const core = (...sections: number[][]): number[] => section(1, [...module(...sections)]);
const inner = (...sections: number[][]): number[] => section(4, [...component(...sections)]);
const memories = (...types: number[][]): number[] => section(5, [types.length, ...types.flat()]);
const importMemory = (...type: number[]): number[] =>
  section(2, [1, ...name("env"), ...name("memory"), 2, ...type]);
const plain = { is64: false, isShared: false, isImported: false };
/** A component in a component in … */
const deep = (depth: number): Uint8Array => (depth === 0 ? component() : component(wrap(deep(depth - 1))));
const wrap = (bytes: Uint8Array): number[] => section(4, [...bytes]);

describe("a component tells of the modules in it", () => {
  const functions = section(7, [2, ...name("run"), 0, 0, ...name("stop"), 0, 1]);
  const twice = section(2, [2, ...[1, 2].flatMap(() => [...name("env"), ...name("log"), 0, 0])]);

  test("their sizes, and how much they import and export, in their order", () => {
    const { modules, coreModules } = inspectWasm(component(core(twice, functions), core()));
    expect(modules).toEqual([
      { sizeBytes: 47, importCount: 2, exportCount: 2, memories: [], producers: {} },
      { sizeBytes: 8, importCount: 0, exportCount: 0, memories: [], producers: {} },
    ]);
    expect(coreModules).toBe(2);
  });

  test("their memories, also those in components in it", () => {
    const bytes = component(core(memories([0, 1])), inner(core(memories([1, 2, 3]))));
    const [one, two] = [
      { minimumPages: 1, ...plain },
      { minimumPages: 2, maximumPages: 3, ...plain },
    ];
    const summary = inspectWasm(bytes);
    expect(summary.memories).toEqual([one, two]);
    expect(summary.modules[0]?.memories).toEqual([one]);
    expect(summary.components[0]?.modules[0]?.memories).toEqual([two]);
  });

  test("nothing of their exports as its own", () => {
    const { imports, exports } = inspectWasm(component(core(twice, functions)));
    expect([imports, exports]).toEqual([[], []]);
  });
});

describe("a component tells of the components in it", () => {
  test("what they import and export, and what they hold, as deep as they go", () => {
    const innermost = inner(core(), section(10, [1, 0, ...name("c:d/e"), 5, 0]));
    const middle = inner(innermost, section(11, [1, 0, ...name("a:b/c"), 5, 0, 0]));
    const { components, coreModules, exports } = inspectWasm(component(middle));
    expect(components).toMatchObject([
      {
        imports: [],
        exports: ["a:b/c"],
        modules: [],
        components: [{ imports: ["c:d/e"], exports: [], modules: [{ sizeBytes: 8 }], components: [] }],
      },
    ]);
    expect([coreModules, exports]).toEqual([0, []]);
  });
});

describe("a memory", () => {
  test.each([
    ["of one page at least", [0, 1], { minimumPages: 1, ...plain }],
    ["with a maximum", [1, 0, ...u32(65_536)], { minimumPages: 0, maximumPages: 65_536, ...plain }],
    ["shared", [3, 1, 2], { minimumPages: 1, maximumPages: 2, ...plain, isShared: true }],
    [
      "of 64 bits",
      [5, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, ...u32(7)],
      { minimumPages: 2 ** 35, maximumPages: 7, ...plain, is64: true },
    ],
    ["with pages of one byte", [8, ...u32(300), 0], { minimumPages: 300, ...plain, pageSizeBytes: 1 }],
    ["with pages of 64 KiB", [8, 1, 16], { minimumPages: 1, ...plain, pageSizeBytes: 65_536 }],
    [
      "of all the pages that 64 bits can count",
      [4, ...Array.from({ length: 9 }, () => 0xff), 0x01],
      { minimumPages: 2 ** 64, ...plain, is64: true },
    ],
  ])("%s is read with its limits, defined or imported", (_what, type, expected) => {
    expect(inspectWasm(module(memories(type))).memories).toEqual([expected]);
    expect(inspectWasm(module(importMemory(...type))).memories).toEqual([{ ...expected, isImported: true }]);
  });

  test.each([
    ["flags that are not known", [16, 0], "unknown flags 16"],
    ["more than 64 bits", [0, ...Array.from({ length: 9 }, () => 0xff), 0x02], "more than 64 bits"],
    ["pages of an absurd size", [8, 0, 65], "pages of 2^65 bytes"],
    ["half of its limits", [1, 0], "ends too early"],
    ["bytes left over", [0, 1, 1], "left over"],
  ])("with %s is refused", (_what, type, message) => {
    expect(() => inspectWasm(module(memories(type)))).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_WASM_MALFORMED", message: expect.stringContaining(message) }),
    );
  });
});

describe("custom sections", () => {
  test("of the outermost binary are told in their order, with the size of their content", () => {
    const bytes = component(
      custom("b", [1, 2, 3]),
      inner(custom("hidden", [])),
      custom("a", []),
      custom("b", []),
    );
    expect(inspectWasm(bytes).customSections).toEqual([
      { name: "b", sizeBytes: 3 },
      { name: "a", sizeBytes: 0 },
      { name: "b", sizeBytes: 0 },
    ]);
  });

  test("named component-type tell the world that a module was made for", () => {
    const encoded = component(section(7, [0]), section(11, [1, 0, ...name("shop"), 3, 0, 0]));
    const bytes = module(
      custom("component-type:wit-bindgen:0.1:a:b:shop:encoded world", [...encoded]),
      custom("component-type", [...component()]),
      custom("component-type:cut", [0, 0x61]),
      custom("component-types", [...encoded]),
    );
    expect(inspectWasm(bytes).componentTypes).toEqual(["shop", "component-type", "component-type:cut"]);
  });

  test("named component-type mean nothing in a component", () => {
    expect(inspectWasm(component(custom("component-type", [1]))).componentTypes).toEqual([]);
  });
});

describe("tool chains", () => {
  const clang = { language: ["C11"], "processed-by": ["clang 19", "wit-component 0.2"] };

  test("of nested modules and components are told with those of the whole, the outer first and each once", () => {
    const bytes = component(
      core(producers(clang)),
      inner(core(producers({ sdk: ["kit 1"] })), producers({ "processed-by": ["wac 3"] })),
      producers({ "processed-by": ["wit-component 0.2", "wac 3"], language: ["Rust"] }),
    );
    const { producers: merged, modules, components } = inspectWasm(bytes);
    expect(merged).toEqual({
      "processed-by": ["wit-component 0.2", "wac 3", "clang 19"],
      language: ["Rust", "C11"],
      sdk: ["kit 1"],
    });
    expect(modules[0]?.producers).toEqual(clang);
    expect(components[0]?.producers).toEqual({ "processed-by": ["wac 3"] });
  });

  test.each([
    ["ComponentizeJS", { "processed-by": ["ComponentizeJS 0.19.3"] }, "javascript"],
    ["StarlingMonkey", { "processed-by": ["StarlingMonkey"] }, "javascript"],
    ["a language that is JavaScript", { language: ["JavaScript"] }, "javascript"],
    ["componentize-py, should it sign", { "processed-by": ["componentize-py 1.0"] }, "python"],
    ["Rust", { language: ["Rust 1.98"], "processed-by": ["rustc 1.98"] }, undefined],
    ["a tool with a name that only begins so", { language: ["JavaScriptish"] }, undefined],
  ])("by %s tell the runtime that comes along", (_what, fields, runtime) => {
    expect(inspectWasm(component(producers(fields))).runtime).toBe(runtime);
    expect(inspectWasm(component(inner(core(producers(fields))))).runtime).toBe(runtime);
  });

  test("that sign nothing are known by their libraries: Python", () => {
    const exported = section(7, [1, ...name("libcomponentize_py_runtime.so:memory_base"), 3, 0]);
    expect(inspectWasm(component(core(exported))).runtime).toBe("python");
    expect(inspectWasm(component(inner(core(exported)))).runtime).toBe("python");
    expect(inspectWasm(module(exported)).runtime).toBe("python");
  });
});

describe("what is damaged inside is refused", () => {
  test.each([
    ["a component where a module belongs", section(1, [...component()]), "where a module belongs"],
    ["a module where a component belongs", section(4, [...module()]), "where a component belongs"],
    ["no binary at all", section(1, [1, 2, 3, 4, 5, 6, 7, 8]), "where a module belongs"],
    ["less than a preamble", section(1, [0, 0x61, 0x73]), "ends too early"],
    ["a section that leaves its module", core([2, 9, 1]), "ends too early"],
  ])("%s", (_what, bytes, message) => {
    expect(() => inspectWasm(component(bytes))).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_WASM_MALFORMED", message: expect.stringContaining(message) }),
    );
  });

  test("a module of an unknown version", () => {
    const future = section(1, [0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]);
    expect(() => inspectWasm(component(future))).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_WASM_VERSION" }),
    );
  });
});

describe("limits", () => {
  const limit = (text: string): unknown =>
    expect.objectContaining({ code: "ERR_SPIN_WASM_LIMIT", message: expect.stringContaining(text) });

  test("32 binaries around one are read, one more is refused", () => {
    expect(inspectWasm(deep(32)).components).toHaveLength(1);
    expect(() => inspectWasm(deep(33))).toThrow(limit("more than 32 deep"));
    expect(() => inspectWasm(deep(200))).toThrow(limit("more than 32 deep"));
  });

  test("1,000 modules and components are read, one more is refused", () => {
    const modules = (count: number): number[][] => Array.from({ length: count }, () => core());
    expect(inspectWasm(component(...modules(999), inner())).modules).toHaveLength(999);
    expect(() => inspectWasm(component(...modules(999), inner(core())))).toThrow(limit("more than 1000"));
  });

  /** A section whose content ends with zeros: memories, or tools without a name. */
  const withZeros = (head: Uint8Array, id: number, start: number[], zeros: number): Uint8Array =>
    Buffer.concat([
      head,
      Uint8Array.from([id, ...u32(start.length + zeros), ...start]),
      new Uint8Array(zeros),
    ]);

  test("100,000 names are read, one more is refused", () => {
    const memories = (count: number): Uint8Array => withZeros(module(), 5, u32(count), count * 2);
    expect(inspectWasm(memories(100_000)).memories).toHaveLength(100_000);
    expect(() => inspectWasm(memories(100_001))).toThrow(limit("more than 100000 "));
  });

  test("producers sections count, too, though damaged ones are passed over", () => {
    const tools = (count: number): Uint8Array =>
      withZeros(component(), 0, [...name("producers"), 1, ...name("sdk"), ...u32(count)], count * 2);
    expect(inspectWasm(tools(10)).producers).toEqual({ sdk: [""] });
    expect(() => inspectWasm(tools(100_001))).toThrow(limit("more than 100000 "));
  });
});
