/** Every value type through two components, whose strings are encoded differently, and back. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { assemble, instantiate, libc, passingOn } from "./components.ts";
import { valueTypes } from "./value-types.ts";

/** The host calls the last component, that calls the one before it, and the first calls the host. */
function chained(type: string, flat: readonly string[], encodings: readonly string[]): string {
  const links = encodings.map((encoding, index) => {
    const component = passingOn(type, flat, encoding).replace("(component", `(component $C${index}`);
    const inner = index === 0 ? "(func $f)" : `(func $i${index - 1} "g")`;
    return `${component} (instance $i${index} (instantiate $C${index} (with "t" (type $t)) (with "f" ${inner})))`;
  });
  return `(component
  (type $t' ${type}) (import "t" (type $t (eq $t')))
  (import "f" (func $f (param "x" $t) (result $t)))
  ${links.join("\n")}
  (func (export "g") (alias export $i${encodings.length - 1} "g")))`;
}

/** The callee frees what it returned only after the caller has it. */
const freeing = `(component
  (component $C
    ${libc}
    (core module $M
      (import "" "memory" (memory 1))
      (global $freed (mut i32) (i32.const 0))
      (data (i32.const 16) "first")
      (func (export "text") (result i32)
        (i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 5)) (i32.const 0))
      (func (export "free") (param i32)
        (global.set $freed (i32.add (global.get $freed) (i32.const 1)))
        (memory.fill (i32.const 16) (i32.const 63) (i32.const 5)))
      (func (export "freed") (result i32) (global.get $freed)))
    (core instance $m (instantiate $M (with "" (instance (export "memory" (memory $libc "memory"))))))
    (func (export "text") (result string) (canon lift (core func $m "text")
      (memory (core memory $libc "memory")) (post-return (core func $m "free"))))
    (func (export "freed") (result u32) (canon lift (core func $m "freed"))))
  (component $D
    (import "text" (func $text (result string)))
    ${libc}
    (core func $text' (canon lower (func $text)
      (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
    (core module $M
      (import "" "text" (func $text (param i32)))
      (func (export "g") (result i32) (call $text (i32.const 8)) (i32.const 8)))
    (core instance $m (instantiate $M (with "" (instance (export "text" (func $text'))))))
    (func (export "g") (result string) (canon lift (core func $m "g") (memory (core memory $libc "memory")))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "text" (func $c "text"))))
  (func (export "g") (alias export $d "g"))
  (func (export "freed") (alias export $c "freed")))`;

let binaries: Record<string, Uint8Array>;

beforeAll(() => {
  const encodings = ["utf8", "utf16", "latin1+utf16"];
  const texts = Object.entries(valueTypes).map(([name, { type, flat }], index) => [
    name,
    // Each type meets another pair of encodings.
    chained(type, flat, [encodings[index % 3] ?? "", encodings[(index + 1) % 3] ?? ""]),
  ]);
  const pairs = encodings.flatMap((from) =>
    encodings.map((to) => [`${from} to ${to}`, chained("string", ["i32", "i32"], [to, from])]),
  );
  binaries = assemble(
    Object.fromEntries([...texts, ...pairs, ["freeing", freeing]]) as Record<string, string>,
  );
});

const passing = (name: string) =>
  instantiate(binaries[name] ?? new Uint8Array(), { "": { f: (value: unknown) => value } });

describe("passed through two components unchanged", () => {
  test.each(Object.keys(valueTypes))("%s", async (name) => {
    const { call } = await passing(name);
    const values = valueTypes[name]?.values ?? fc.constant(undefined);
    fc.assert(
      fc.property(values, (value) => expect(call("g", value)).toEqual(value)),
      { numRuns: 25 },
    );
  });
});

describe("a text from one encoding to another", () => {
  const encodings = ["utf8", "utf16", "latin1+utf16"];
  test.each(encodings.flatMap((from) => encodings.map((to) => `${from} to ${to}`)))("%s", async (name) => {
    const { call } = await passing(name);
    for (const text of ["", "plain", "café", "☃ and 🍰", "ÿ".repeat(300), "a\u0000b"])
      expect(call("g", text)).toBe(text);
  });
});

test("what was returned is freed after it was read", async () => {
  const { call } = await instantiate(binaries["freeing"] ?? new Uint8Array());
  expect([call("g"), call("freed"), call("g"), call("freed")]).toEqual(["first", 1, "?????", 2]);
});
