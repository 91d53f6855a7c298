/** Against binaries that wasm-tools makes of WIT at run time. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { componentEmbed, componentNew, metadataAdd, parse, print } from "@bytecodealliance/jco";
import fc from "fast-check";
import { inspectWasm, isSpinError } from "../../../model/index.ts";
import { caught } from "../../support/caught.ts";

const shopWit = `
package test:shop@1.0.0;
interface prices {
  record price { cents: u32, currency: string }
  resource basket { constructor(); total: func() -> price; }
  get: func(name: string) -> option<price>;
}
interface orders { use prices.{price}; place: func(prices: list<price>) -> result<u64, string>; }
world shop {
  import prices;
  import log: func(text: string);
  import clock: interface { now: func() -> u64; }
  export orders;
  export run: func() -> string;
}`;

const emptyWit = "package test:empty; world nothing {}";

async function coreModule(witSource: string): Promise<Uint8Array> {
  return componentEmbed({ dummy: true, witSource });
}

async function component(witSource: string): Promise<Uint8Array> {
  return componentNew(await coreModule(witSource), []);
}

let shop: Uint8Array;
let core: Uint8Array;

beforeAll(async () => {
  [shop, core] = await Promise.all([component(shopWit), coreModule(shopWit)]);
});

describe("a component", () => {
  test("tells what it imports and exports, sorted, by interface", () => {
    expect(inspectWasm(shop)).toMatchObject({
      kind: "component",
      imports: ["clock", "log", "test:shop/prices@1.0.0"],
      exports: ["run", "test:shop/orders@1.0.0"],
      sizeBytes: shop.length,
    });
  });

  test("tells which tools made it", () => {
    expect(inspectWasm(shop).producers["processed-by"]).toEqual([
      expect.stringMatching(/^wit-component \d+\.\d+\.\d+$/),
    ]);
  });

  test("tells its language and tool chain from the producers section", async () => {
    const marked = await metadataAdd(shop, [
      ["language", [["Rust", "1.97.0"]]],
      ["processed-by", [["rustc", ""]]],
    ]);
    expect(inspectWasm(marked).producers).toMatchObject({
      language: ["Rust 1.97.0"],
      "processed-by": expect.arrayContaining(["rustc"]),
    });
  });

  test("of an empty world imports and exports nothing", async () => {
    expect(inspectWasm(await component(emptyWit))).toMatchObject({
      kind: "component",
      imports: [],
      exports: [],
    });
  });

  test("with prereleases and deep packages keeps their names whole", async () => {
    const wit = `package test:a@0.1.0-rc.1+build.5; interface i { f: func(); } world w { import i; export i; }`;
    expect(inspectWasm(await component(wit))).toMatchObject({
      imports: ["test:a/i@0.1.0-rc.1+build.5"],
      exports: ["test:a/i@0.1.0-rc.1+build.5"],
    });
  });

  test("with 2,000 imports tells all of them", async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `call-n${index}`);
    const wit = `package test:many; world many { ${names.map((name) => `import ${name}: func();`).join(" ")} }`;
    expect(inspectWasm(await component(wit)).imports).toEqual(names.sort());
  });

  test("tells only what the outermost component imports", async () => {
    const text = '(component (component (import "inner" (func))) (import "outer" (func)))';
    expect(inspectWasm(await parse(text)).imports).toEqual(["outer"]);
  });

  test.each([
    ["a core module", '(component (import "a" (core module)))'],
    ["a type that equals another", '(component (type $t u32) (import "a" (type (eq $t))))'],
    ["a resource", '(component (import "a" (type (sub resource))))'],
    ["a component", '(component (import "a" (component)))'],
    ["an instance", '(component (import "a" (instance)))'],
  ])("imports %s", async (_what, text) => {
    expect(inspectWasm(await parse(text)).imports).toEqual(["a"]);
  });

  test("says the same wherever it lies in its buffer", () => {
    const buffer = new Uint8Array(shop.length + 20);
    buffer.set(shop, 13);
    expect(inspectWasm(buffer.subarray(13, 13 + shop.length))).toEqual(inspectWasm(shop));
  });
});

describe("a core module", () => {
  test("tells module and field of its imports", async () => {
    const text = `(module
      (import "env" "f" (func (param i32)))
      (import "env" "m" (memory 1 2))
      (import "env" "t" (table 1 funcref))
      (import "env" "g" (global (mut i64)))
      (import "env" "e" (tag (param i32)))
      (memory (export "memory2") 1) (func (export "_start")))`;
    expect(inspectWasm(await parse(text))).toMatchObject({
      kind: "module",
      imports: ["env#e", "env#f", "env#g", "env#m", "env#t"],
      exports: ["_start", "memory2"],
    });
  });

  test.each([
    ["a memory of 64 bits", '(module (import "a" "b" (memory i64 1 2)))'],
    ["a memory with pages of one byte", '(module (import "a" "b" (memory 1 2 (pagesize 1))))'],
    ["a shared memory", '(module (import "a" "b" (memory 1 2 shared)))'],
    ["a table of typed references", '(module (type $t (func)) (import "a" "b" (table 1 (ref null $t))))'],
    ["a global of a typed reference", '(module (type $t (func)) (import "a" "b" (global (ref $t))))'],
  ])("imports %s", async (_what, text) => {
    expect(inspectWasm(await parse(text)).imports).toEqual(["a#b"]);
  });

  test("made of WIT says what it would import", () => {
    expect(inspectWasm(core)).toMatchObject({ kind: "module", coreModules: 1, sizeBytes: core.length });
    expect(inspectWasm(core).imports).not.toEqual([]);
  });
});

describe("what is no binary", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  test.each([
    ["nothing", new Uint8Array(), "ERR_SPIN_WASM_MAGIC", /empty/],
    ["less than a head", Uint8Array.of(0, 0x61, 0x73, 0x6d), "ERR_SPIN_WASM_MAGIC", /no WebAssembly binary/],
    ["text", bytes("(module)                      "), "ERR_SPIN_WASM_MAGIC", /text/],
    ["an executable", bytes("\u007fELF\u0002\u0001\u0001\0\0\0"), "ERR_SPIN_WASM_MAGIC", /asm/],
    [
      "a version from the future",
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0),
      "ERR_SPIN_WASM_VERSION",
      /version 2, layer 0.*expected/,
    ],
    [
      "a component of an earlier draft",
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0c, 0, 1, 0),
      "ERR_SPIN_WASM_VERSION",
      /version 12, layer 1.*expected/,
    ],
  ])("%s", (_what, input, code, expected) => {
    const error = caught(() => inspectWasm(input));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(expected);
  });
});

describe("a damaged binary gives a summary or an error with a code", () => {
  function outcome(bytes: Uint8Array): string {
    try {
      const { imports, exports } = inspectWasm(bytes);
      expect(imports.length + exports.length).toBeLessThanOrEqual(bytes.length);
      return "summary";
    } catch (error) {
      if (!isSpinError(error)) throw error;
      expect(error.message.length).toBeLessThan(300);
      return error.code;
    }
  }

  test("cut off anywhere", () => {
    for (const binary of [shop, core]) {
      const outcomes = Array.from({ length: binary.length }, (_, length) =>
        outcome(binary.subarray(0, length)),
      );
      expect(outcomes.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => "ERR_SPIN_WASM_MAGIC"));
      // Only where a section ends can a shorter binary be a whole one.
      expect(outcomes.filter((it) => it === "summary").length).toBeLessThan(100);
    }
  });

  test("with one byte changed", () => {
    for (const binary of [shop, core]) {
      // Each seventh: `npm run fuzz` changes them all.
      for (let at = 0; at < binary.length; at += 7) {
        const damaged = binary.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8)); // 7 and 8 share no factor: each bit has its turn
        outcome(damaged);
        damaged[at] = 0xff;
        outcome(damaged);
      }
    }
    expect(outcome(shop)).toBe("summary");
  });

  test("with stretches overwritten, doubled or taken out", () => {
    const edit = fc.record({
      at: fc.nat(shop.length),
      remove: fc.nat(40),
      insert: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom("shop", "core"),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (which, edits) => {
          let bytes = which === "shop" ? shop : core;
          for (const { at, remove, insert } of edits)
            bytes = Uint8Array.from([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + remove)]);
          expect(outcome(bytes)).toMatch(/^(summary|ERR_SPIN_WASM_)/);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("of random bytes behind a right head", () => {
    const heads = fc.constantFrom([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
    fc.assert(
      fc.property(heads, fc.uint8Array({ maxLength: 100 }), (head, rest) => {
        expect(outcome(Uint8Array.from([...head, ...rest]))).toMatch(/^(summary|ERR_SPIN_WASM_)/);
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ["4 billion imports", [2, 5, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ["a section of 4 GB", [2, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ["a name of 4 GB", [2, 7, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x61]],
    ["a number without an end", [2, ...Array.from({ length: 50 }, () => 0x80)]],
  ])("that announces %s is refused before it is believed", (_what, section) => {
    expect(outcome(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...section]))).toBe(
      "ERR_SPIN_WASM_MALFORMED",
    );
  });

  test("that names __proto__ as a field of its producers changes no prototype", () => {
    const name = (text: string) => [text.length, ...new TextEncoder().encode(text)];
    const body = [...name("producers"), 1, ...name("__proto__"), 1, ...name("polluted"), ...name("1")];
    const { producers } = inspectWasm(
      Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, body.length, ...body]),
    );
    expect(Object.getPrototypeOf(producers)).toBe(Object.prototype);
    expect(Object.keys(producers)).toEqual([]);
  });
});

test("a summary has the same number of core modules as the text of the component", async () => {
  const text = await print(shop);
  expect(inspectWasm(shop).coreModules).toBe(text.match(/^ {2}\(core module /gm)?.length);
});

describe("the world", () => {
  test("of a component is that of its WIT: interfaces, functions and instances apart", () => {
    const none = { interfaces: [], functions: [], instances: [], types: [], others: [] };
    expect(inspectWasm(shop).world).toEqual({
      imports: {
        ...none,
        interfaces: ["test:shop/prices@1.0.0"],
        functions: ["log"],
        instances: ["clock"],
      },
      exports: { ...none, interfaces: ["test:shop/orders@1.0.0"], functions: ["run"] },
    });
  });

  test("has the types that it uses itself", async () => {
    const wit = `package test:types; interface i { record r { a: u8 } } world w { use i.{r}; import f: func(it: r); }`;
    expect(inspectWasm(await component(wit)).world?.imports).toMatchObject({
      interfaces: ["test:types/i"],
      functions: ["f"],
      types: ["r"],
    });
  });

  test("keeps apart what WIT cannot write", async () => {
    const text = '(component (import "a" (core module)) (import "b" (component)) (import "c:d/e" (func)))';
    expect(inspectWasm(await parse(text)).world?.imports).toMatchObject({
      functions: ["c:d/e"],
      others: ["a", "b"],
    });
  });

  test("of a core module is only named, as long as it is no component", () => {
    expect(inspectWasm(core).world).toBeUndefined();
    expect(inspectWasm(core).componentTypes).toEqual(["shop"]);
    expect(inspectWasm(shop).componentTypes).toEqual([]);
  });
});

describe("a component of wasm-tools", () => {
  test("tells of its modules what their text says", async () => {
    const { modules, memories, customSections } = inspectWasm(shop);
    const text = await print(shop);
    const defined = text.match(/^ +\(memory \(;\d+;\) /gm)?.length;
    expect(memories.filter(({ isImported }) => !isImported)).toHaveLength(defined ?? 0);
    expect(modules.map(({ sizeBytes }) => sizeBytes).every((size) => size > 8 && size < shop.length)).toBe(
      true,
    );
    expect(customSections.map(({ name }) => name)).toContain("producers");
  });

  test("built with ComponentizeJS is known by its runtime", async () => {
    const marked = await metadataAdd(shop, [["processed-by", [["ComponentizeJS", "0.19.3"]]]]);
    expect(inspectWasm(marked).runtime).toBe("javascript");
    expect(inspectWasm(shop).runtime).toBeUndefined();
  });
});
