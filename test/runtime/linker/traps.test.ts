/** What ends an instance, and that it then stays ended. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { fail, Trap } from "../../../runtime/wasi/wit-error.ts";
import { assemble, instantiate, libc } from "./components.ts";

/** A component whose export \`g\` is the core function with this body; it imports \`f\`, and may return texts. */
function calling(core: string, lifted: string, options = ""): string {
  return `(component
  (import "f" (func $f (param "n" u32) (result (result u32 (error string)))))
  ${libc}
  (core func $f' (canon lower (func $f) (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (core module $M
    (import "" "memory" (memory 1))
    (import "" "f" (func $f (param i32 i32)))
    (data (i32.const 0) "caf\\c3\\a9\\ff")
    (func (export "after") (param i32) (call $f (i32.const 0) (i32.const 64)))
    ${core})
  (core instance $m (instantiate $M (with "" (instance (export "memory" (memory $libc "memory")) (export "f" (func $f'))))))
  (func (export "g") ${lifted} (canon lift (core func $m "g")
    (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) ${options})))`;
}

/** Returns a text that is said to be at an address, and this many bytes long. */
function returningText(address: number, length: number): string {
  return `(func (export "g") (result i32)
    (i32.store (i32.const 128) (i32.const ${address})) (i32.store (i32.const 132) (i32.const ${length})) (i32.const 128))`;
}

const text = "(result string)";
const texts = {
  "a text": calling(returningText(0, 5), text),
  "a text that is no UTF-8": calling(returningText(0, 6), text),
  "a text that is cut inside a character": calling(returningText(0, 4), text),
  "a text beyond the memory": calling(returningText(131_070, 4), text),
  "a text at the end of the address space": calling(returningText(-1, 2), text),
  "an odd place for UTF-16": calling(returningText(1, 2), text, "string-encoding=utf16"),
  "a result at an odd place": calling('(func (export "g") (result i32) (i32.const 126))', text),
  "a result beyond the memory": calling('(func (export "g") (result i32) (i32.const 131068))', text),
  "no case of the type": calling('(func (export "g") (result i32) (i32.const 3))', '(result (enum "a" "b"))'),
  "no character": calling('(func (export "g") (result i32) (i32.const 0xd800))', "(result char)"),
  unreachable: calling('(func (export "g") unreachable)', ""),
  "a call of the host": calling(
    `(func (export "g") (param i32) (result i32) (call $f (local.get 0) (i32.const 128)) (i32.const 128))`,
    '(param "n" u32) (result (result u32 (error string)))',
  ),
  "a trap that the guest catches": calling(
    `(func (export "g") (result i32) (local $n i32)
      (loop $again
        (block $caught (try_table (catch_all $caught) (call $f (i32.const 1) (i32.const 128))))
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $n) (i32.const 5))))
      (local.get $n))`,
    "(result u32)",
  ),
  "a call of the host after the result": calling(
    '(func (export "g") (result i32) (i32.const 9))',
    "(result u32)",
    '(post-return (core func $m "after"))',
  ),
};

let binaries: Record<keyof typeof texts, Uint8Array>;
beforeAll(() => {
  binaries = assemble(texts);
});

const host = (f: (n: number) => unknown) => ({ "": { f } });
const never = host(() => {
  throw new Error("must not be called");
});

test("a text is read", async () => {
  expect((await instantiate(binaries["a text"], never)).call("g")).toBe("café");
});

describe("traps", () => {
  test.each([
    ["a text that is no UTF-8", "a string is no UTF-8"],
    ["a text that is cut inside a character", "a string is no UTF-8"],
    ["a text beyond the memory", "a string reaches beyond the memory"],
    ["a text at the end of the address space", "a string reaches beyond the memory"],
    ["an odd place for UTF-16", "a string is not aligned"],
    ["a result at an odd place", "a pointer is not aligned"],
    ["a result beyond the memory", "a value reaches beyond the memory"],
    ["no case of the type", "invalid variant discriminant 3"],
    ["no character", "invalid char 0xd800"],
    ["unreachable", "unreachable"],
    ["a call of the host after the result", "cannot leave component instance"],
  ] as const)("%s", async (name, message) => {
    const { call, instance } = await instantiate(binaries[name], never);
    expect(() => call("g")).toThrow(message);
    expect(instance.failure()?.message).toContain(message);
    expect(() => call("g")).toThrow("cannot enter component instance: it failed before");
  });
});

describe("a host function", () => {
  const bytes = () => binaries["a call of the host"];

  test("returns the ok value, or throws the error", async () => {
    const { call } = await instantiate(
      bytes(),
      host((n) => (n === 1 ? 11 : fail(`no ${n}`))),
    );
    expect(call("g", 1)).toBe(11);
    expect(() => call("g", 2)).toThrow(expect.objectContaining({ payload: "no 2" }) as unknown as Error);
    expect(call("g", 1)).toBe(11);
  });

  test("that throws anything else ends the instance", async () => {
    const { call, instance } = await instantiate(
      bytes(),
      host(() => {
        throw new Trap("the end");
      }),
    );
    expect(() => call("g", 1)).toThrow("the end");
    expect(instance.failure()).toBeInstanceOf(Trap);
  });

  test("that ended the instance is the last that it calls, whatever the guest catches", async () => {
    let calls = 0;
    const { call } = await instantiate(
      binaries["a trap that the guest catches"],
      host(() => {
        calls++;
        throw new Trap("the end");
      }),
    );
    expect(() => call("g")).toThrow("the end");
    expect(calls).toBe(1);
  });

  test("that is not there traps when it is called", async () => {
    const { call } = await instantiate(bytes(), {});
    expect(() => call("g", 1)).toThrow("this host does not offer f");
  });

  test("may not call back into the instance that called it", async () => {
    const callable = await instantiate(
      bytes(),
      host((n) => callable.call("g", n)),
    );
    expect(() => callable.call("g", 1)).toThrow("cannot enter component instance");
  });
});
