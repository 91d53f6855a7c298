/** Components that are not linked: said with a code, in bounded time. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { isSpinError } from "../../../model/errors/index.ts";
import { linkComponent, makePlan } from "../../../runtime/linker/link.ts";
import { caught } from "../../support/caught.ts";
import { assemble } from "./components.ts";

/** Each component instantiates the one before it twice: two to the 30th instances. */
const doubling = Array.from({ length: 30 }, (_none, level) =>
  level === 0
    ? '(component $c0 (core module $M (func (export "f"))) (core instance (instantiate $M)))'
    : `(component $c${level} (alias outer $root $c${level - 1} (component $inner))
        (instance (instantiate $inner)) (instance (instantiate $inner)))`,
).join("\n");

/** Each type holds the one before it twice: two to the 25th values. */
const wide = Array.from({ length: 25 }, (_none, level) =>
  level === 0 ? "(type $t0 (tuple u8 u8))" : `(type $t${level} (tuple $t${level - 1} $t${level - 1}))`,
).join("\n");

const deep = Array.from({ length: 120 }, (_none, level) =>
  level === 0 ? "(type $t0 (option u8))" : `(type $t${level} (option $t${level - 1}))`,
).join("\n");

const lifts = (lift: string, core = '(func (export "g") (result i32) (i32.const 0))') => `(component
  (core module $M ${core} (memory (export "memory") 1))
  (core instance $m (instantiate $M))
  (func (export "g") ${lift}))`;

const unlinkable: Record<string, readonly [text: string, problem: string]> = {
  "a lifted function of another type": [
    lifts('(result u64) (canon lift (core func $m "g"))'),
    "it lifts a core function of the type  -> i32; expected  -> i64",
  ],
  "a text without a memory": [
    lifts('(result string) (canon lift (core func $m "g"))'),
    "it passes a value through memory and names no memory",
  ],
  "a text without a realloc": [
    lifts(
      '(param "s" string) (canon lift (core func $m "g") (memory (core memory $m "memory")))',
      '(func (export "g") (param i32 i32))',
    ),
    "it takes a string or list and names no realloc",
  ],
  "an import that nobody gives": [
    '(component (core module $M (import "a" "b" (func))) (core instance (instantiate $M)))',
    'nothing is given for the import "a" "b" of a core module',
  ],
  "an argument of another type": [
    `(component (import "f" (func $f (param "n" u8)))
      (component $C (import "f" (func (param "n" u16))))
      (instance (instantiate $C (with "f" (func $f)))))`,
    'its import "f" is a function of another type than the one that is given for it',
  ],
  "components without end": [
    `(component $root ${doubling} (instance (instantiate $c29)))`,
    "it has more than 1000 component instances",
  ],
  "a type beyond every size": [
    `(component ${wide} (type $more (tuple $t24 $t24 $t24 $t24 $t24 $t24 $t24 $t24)))`,
    "it has a type of 268435456 bytes",
  ],
  "a large type that is defined over and over": [
    `(component
      (component $C (type (enum ${Array.from({ length: 2000 }, (_none, index) => `"n${index}"`).join(" ")})))
      ${Array.from({ length: 300 }, () => "(instance (instantiate $C))").join("\n")})`,
    "its types have more than 500000 parts",
  ],
  "types too deep": [`(component ${deep})`, "it nests types more than 100 deep"],
  "a module that is none": [
    lifts("", '(func (export "g") (result i32) i32.add)').replace('(func (export "g") )', ""),
    "a core module in it is none",
  ],
};

const others: Record<string, readonly [text: string, what: string]> = {
  "asynchronous functions": ['(component (import "f" (func async)))', "asynchronous functions (WASI 0.3)"],
  streams: ["(component (type (stream u8)))", "asynchronous functions (WASI 0.3)"],
  "lists of a fixed length": ["(component (type (list u8 4)))", "lists of a fixed length"],
  "shared memories": ["(component (core module (memory 1 1 shared)))", "shared memories"],
  "memories of 64 bits": ["(component (core module (memory i64 1)))", "memories of 64 bits"],
  "imported modules": ['(component (import "m" (core module)))', "an imported core module"],
};

let binaries: Record<string, Uint8Array>;
beforeAll(() => {
  const texts = Object.entries({ ...unlinkable, ...others }).map(([name, [text]]) => [name, text]);
  binaries = assemble(Object.fromEntries(texts) as Record<string, string>);
});

async function link(bytes: Uint8Array): Promise<void> {
  await linkComponent(bytes, makePlan(bytes, []));
}

describe("does not fit together", () => {
  test.each(Object.entries(unlinkable))("%s", async (name, [, problem]) => {
    await expect(link(binaries[name] ?? new Uint8Array())).rejects.toMatchObject({
      code: "ERR_SPIN_RUNTIME_LINK",
      message: expect.stringContaining(problem) as unknown as string,
    });
  });
});

describe("is left to another binding", () => {
  test.each(Object.entries(others))("%s", (name, [, what]) => {
    expect(caught(() => makePlan(binaries[name] ?? new Uint8Array(), []))).toMatchObject({
      code: "ERR_SPIN_RUNTIME_LINK_UNSUPPORTED",
      message: expect.stringContaining(what) as unknown as string,
    });
  });
});

describe("a real component", () => {
  const bytes = readFileSync(
    new URL("../../../examples/quickstart/components/stats/stats.wasm", import.meta.url),
  );

  test("cut off anywhere is planned, or refused with a code", () => {
    for (let length = 0; length < bytes.length; length += length < 6000 ? 61 : 1999) {
      // Between two sections, what is left may be a component.
      const thrown = thrownBy(bytes.subarray(0, length));
      if (thrown !== undefined) expect(isSpinError(thrown)).toBe(true);
    }
  });

  test("with any byte of its structure changed is planned, or refused with a code", () => {
    for (let at = 8; at < bytes.length; at += at < 5400 ? 29 : at < 185_000 ? 19_997 : 53) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const thrown = thrownBy(changed);
      if (thrown !== undefined) expect(isSpinError(thrown)).toBe(true);
    }
  });
});

function thrownBy(bytes: Uint8Array): unknown {
  try {
    makePlan(bytes, []);
    return undefined;
  } catch (error) {
    return error;
  }
}
