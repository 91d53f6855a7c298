/** Components composed of real and of small ones: valid for wasm-tools, linked and called. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type ComposedDependency,
  composeComponent,
  type Composition,
} from "../../../model/compose/compose-component.ts";
import { isSpinError } from "../../../model/errors/index.ts";
import { assemble, instantiate } from "../../runtime/linker/components.ts";
import { caught } from "../../support/caught.ts";
import { importsIn, judge } from "./judge.ts";
import { caller, library, reader, settingsUser, store, storeUser, wrapper } from "./texts.ts";

const stats = Uint8Array.from(
  readFileSync(new URL("../../../examples/quickstart/components/stats/stats.wasm", import.meta.url)),
);

const add = "acme:math/add";
const texts = {
  caller: caller(`${add}@1.2.0`),
  library: library(`${add}@1.2.0`),
  newer: library(`${add}@1.3.1`, "i32.mul"),
  other: library(`${add}@2.0.0`),
  renamed: library("acme:math/product", "i32.mul"),
  plain: library(add),
  lacking: library(`${add}@1.2.0`, "i32.add", "subtract"),
  signed: library(`${add}@1.2.0`, "i32.add", "add", "s32"),
  reader,
  settingsUser,
  wrapper,
  module: "(module)",
  store,
  storeUser,
  componentUser: `(component (import "c" (component)) (import "acme:math/add" (instance)))`,
  hostAdd: `(component (import "${add}@1.2.0" (instance $a (export "add" (func (param "a" u64))))) (export "acme:other/other" (instance $a)))`,
  userOfBoth: `(component
    (import "acme:other/other" (instance (export "add" (func (param "a" u64)))))
    (import "${add}@1.2.0" (instance (export "add" (func (param "a" u32) (param "b" u32) (result u32))))))`,
};

let binaries: Record<keyof typeof texts, Uint8Array>;
beforeAll(() => {
  binaries = assemble(texts);
});

function compose(
  bytes: Uint8Array,
  dependencies: Record<string, ComposedDependency>,
  more: Partial<Composition> = {},
): Uint8Array {
  return composeComponent({
    id: "app",
    bytes,
    dependencies: new Map(Object.entries(dependencies)),
    middleware: [],
    ...more,
  });
}

describe("a component and its dependency", () => {
  test.each([
    ["by the interface's name", `${add}@1.2.0`, "library", undefined, 42],
    ["by the package's name", "acme:math", "library", undefined, 42],
    ["of a later version on the track", add, "newer", undefined, 440],
    ["by another export", `${add}@1.2.0`, "renamed", "acme:math/product", 440],
  ] as const)("%s is one component that answers", async (_what, name, dependency, wanted, answer) => {
    const composed = compose(binaries.caller, {
      [name]: { bytes: binaries[dependency], ...(wanted === undefined ? {} : { export: wanted }) },
    });
    const [wit = ""] = judge(composed);
    expect(importsIn(wit)).toEqual([]);
    expect(wit).toContain("export run: func() -> u32;");
    const { call } = await instantiate(composed);
    expect(call("run")).toBe(answer);
  });

  test("share a resource of the dependency's", () => {
    const composed = compose(binaries.storeUser, { "acme:store": { bytes: binaries.store } });
    expect(importsIn(judge(composed)[0] ?? "")).toEqual([]);
  });

  test("without dependencies keeps its bytes", () => {
    expect(compose(binaries.caller, {})).toBe(binaries.caller);
  });

  test("gives the same bytes again", () => {
    const dependencies = { "wasi:http/incoming-handler": { bytes: stats } };
    const composed = compose(binaries.wrapper, dependencies);
    expect(Buffer.compare(composed, compose(binaries.wrapper, dependencies))).toBe(0);
    expect(composed.length).toBeLessThan(stats.length + 16_384);
  });
});

describe("the imports of a real component of Rust", () => {
  const inherited = [
    "fermyon:spin/key-value@2.0.0",
    "wasi:cli/environment@0.2.12",
    "wasi:filesystem/preopens@0.2.12",
  ];
  const always = [
    "wasi:cli/exit@0.2.12",
    "wasi:cli/stderr@0.2.12",
    "wasi:cli/stdin@0.2.12",
    "wasi:cli/stdout@0.2.12",
    "wasi:clocks/wall-clock@0.2.12",
    "wasi:filesystem/types@0.2.12",
    // The wrapper asks for 0.2.0, the dependency for 0.2.6: one import, of the higher version, as wac makes it.
    "wasi:http/types@0.2.6",
    "wasi:io/error@0.2.12",
    "wasi:io/poll@0.2.12",
    "wasi:io/streams@0.2.12",
    "wasi:random/random@0.2.12",
  ];

  test.each([
    ["all", "All", inherited],
    ["nothing", undefined, []],
    ["key-value stores", { Some: ["key_value_stores"] }, inherited.slice(0, 1)],
    ["kinds that nobody knows", { Some: ["rights"] }, []],
  ] as const)("as a dependency that inherits %s", (_what, inherit, expected) => {
    const composed = compose(binaries.wrapper, {
      "wasi:http/incoming-handler": {
        bytes: stats,
        ...(inherit === undefined ? {} : { inherit: inherit as ComposedDependency["inherit"] }),
      },
    });
    const [wit = ""] = judge(composed);
    expect(importsIn(wit)).toEqual([...always, ...expected].sort());
    expect(wit).toContain("export wasi:http/incoming-handler@0.2.0;");
  });
});

describe("what a dependency does not inherit", () => {
  const dependency = (inherit?: ComposedDependency["inherit"]) => ({
    "acme:settings": { bytes: binaries.reader, ...(inherit === undefined ? {} : { inherit }) },
  });

  test("answers an error of its own type, and nothing where it has none", async () => {
    const composed = compose(binaries.settingsUser, dependency());
    expect(importsIn(judge(composed)[0] ?? "")).toEqual([]);
    const { instance } = await instantiate(composed);
    const settings = instance.exports["acme:settings/settings"] as Record<string, () => unknown>;
    for (let times = 0; times < 3; times++) {
      expect(() => settings["read"]?.()).toThrow(
        expect.objectContaining({ payload: { tag: "undefined", val: "colour" } }) as unknown as Error,
      );
      expect(settings["count"]?.()).toBe(0);
    }
  });

  test("comes from the host as soon as it inherits it", async () => {
    const composed = compose(binaries.settingsUser, dependency({ Some: ["variables"] }));
    const { instance } = await instantiate(composed, { "fermyon:spin/variables": { get: () => "red" } });
    const settings = instance.exports["acme:settings/settings"] as Record<string, () => unknown>;
    expect(settings["read"]?.()).toBe("red");
  });
});

describe("is refused with the component and the dependency", () => {
  const on = (name: string, bytes: () => Uint8Array, more: Omit<ComposedDependency, "bytes"> = {}) => ({
    dependencies: () => ({ [name]: { bytes: bytes(), ...more } }),
  });
  test.each([
    ["a name that is not imported", "ERR_SPIN_COMPOSE_UNMATCHED", on("acme:maths", () => binaries.library)],
    ["an export that is missing", "ERR_SPIN_COMPOSE_EXPORT", on("acme:math", () => binaries.renamed)],
    ["a version of another track", "ERR_SPIN_COMPOSE_EXPORT", on("acme:math", () => binaries.other)],
    [
      "a named export that is missing",
      "ERR_SPIN_COMPOSE_EXPORT",
      on(add, () => binaries.library, { export: "acme:math/sum" }),
    ],
    ["a function that is missing", "ERR_SPIN_COMPOSE_TYPE", on("acme:math", () => binaries.lacking)],
    ["a function of another type", "ERR_SPIN_COMPOSE_TYPE", on("acme:math", () => binaries.signed)],
    ["a core module", "ERR_SPIN_COMPOSE_MODULE", on("acme:math", () => binaries.module)],
    [
      "a binary that is cut off",
      "ERR_SPIN_WASM_MALFORMED",
      on("acme:math", () => binaries.library.subarray(0, binaries.library.length - 3)),
    ],
  ] as const)("%s", (_what, code, { dependencies }) => {
    const error = caught(() => compose(binaries.caller, dependencies()));
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toContain('component "app"');
    expect((error as Error).message).toMatch(/dependency "acme:math/);
  });

  test("two dependencies for one import", () => {
    const dependencies = { "acme:math": { bytes: binaries.library }, [add]: { bytes: binaries.library } };
    expect(caught(() => compose(binaries.caller, dependencies))).toMatchObject({
      code: "ERR_SPIN_COMPOSE_CONFLICT",
      message: expect.stringContaining('"acme:math" and "acme:math/add"') as unknown as string,
    });
  });

  test("types both sides of which are said", () => {
    const dependencies = { "acme:math": { bytes: binaries.signed } };
    expect(caught(() => compose(binaries.caller, dependencies))).toMatchObject({
      message: expect.stringMatching(
        /"add" as func\(a: u32, b: u32\) -> u32, and .* gives func\(a: s32, b: s32\) -> s32/,
      ) as unknown as string,
    });
  });

  test("an import that both have with other types", () => {
    const dependencies = { "acme:other": { bytes: binaries.hostAdd } };
    expect(caught(() => compose(binaries.userOfBoth, dependencies))).toMatchObject({
      code: "ERR_SPIN_COMPOSE_IMPORT",
      message: expect.stringContaining("func(a: u64)") as unknown as string,
    });
  });

  test("an import of the host's with a resource of a dependency", () => {
    const dependencies = { "acme:store/types": { bytes: binaries.store } };
    expect(caught(() => compose(binaries.storeUser, dependencies))).toMatchObject({
      code: "ERR_SPIN_COMPOSE_RESOURCE",
      message: expect.stringContaining('imports "acme:store/api" with the resource "r"') as unknown as string,
    });
  });

  test("an import that is a component", () => {
    const dependencies = { "acme:math": { bytes: binaries.plain } };
    expect(caught(() => compose(binaries.componentUser, dependencies))).toMatchObject({
      code: "ERR_SPIN_COMPOSE_UNSUPPORTED",
    });
  });

  test("middleware for a component without the handler", () => {
    const middleware = [{ bytes: binaries.library }];
    expect(caught(() => compose(binaries.caller, {}, { middleware }))).toMatchObject({
      code: "ERR_SPIN_COMPOSE_MIDDLEWARE",
    });
  });

  test("any cut and any changed byte, unless what is left can be composed", () => {
    const tried = (bytes: Uint8Array): unknown => {
      try {
        return compose(binaries.settingsUser, { "acme:settings": { bytes } });
      } catch (error) {
        return error;
      }
    };
    fc.assert(
      fc.property(fc.nat(binaries.reader.length - 1), fc.nat(255), fc.boolean(), (at, value, isCut) => {
        const changed = Uint8Array.from(isCut ? binaries.reader.subarray(0, at) : binaries.reader);
        if (!isCut) changed[at] = value;
        const error = tried(changed);
        expect(error instanceof Uint8Array || isSpinError(error) || error).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
