/** A guest reaches what the WIT names, and nothing else of the host's objects. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { targets } from "../../../model/capability/target.ts";
import { parseInterface } from "../../../model/capability/interfaces.ts";
import { hostInterfaces } from "../../../runtime/component/host-interfaces/index.ts";
import { checkInterfaces } from "../../../runtime/component/interfaces.ts";
import { importedInterfaces } from "../../../runtime/linker/imported-interfaces.ts";
import { caught } from "../../support/caught.ts";
import { assemble, instantiate, libc } from "../linker/components.ts";

/** Imports these functions of an interface whose resource is `pollable`; `g` calls the one named. */
function importing(functions: string, called: string, flat: string, call: string): string {
  return `(component
  (import "wasi:io/poll@0.2.0" (instance $poll (export "pollable" (type $P (sub resource))) ${functions}))
  ${libc}
  (alias export $poll "pollable" (type $P))
  (core func $f (canon lower (func $poll "${called}") (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
  (core module $M
    (import "" "memory" (memory 1))
    (import "" "f" (func $f ${flat}))
    (data (i32.const 0) "return 1")
    (func (export "g") ${call}))
  (core instance $m (instantiate $M (with "" (instance (export "memory" (memory $libc "memory")) (export "f" (func $f))))))
  (func (export "g") (canon lift (core func $m "g")))
)`;
}

const text = '(param "code" string)';
const texts = {
  // JavaScript gives every class a constructor: of a class that is Function, which compiles text.
  "the constructor of a class": importing(
    `(export "[static]pollable.constructor" (func ${text} (result (own $P))))`,
    "[static]pollable.constructor",
    "(param i32 i32) (result i32)",
    "(drop (call $f (i32.const 0) (i32.const 8)))",
  ),
  "the constructor of an interface": importing(
    `(export "constructor" (func ${text} (result (own $P))))`,
    "constructor",
    "(param i32 i32) (result i32)",
    "(drop (call $f (i32.const 0) (i32.const 8)))",
  ),
  "a method of every function": importing(
    '(export "[static]pollable.call" (func))',
    "[static]pollable.call",
    "",
    "(call $f)",
  ),
  "a static function of the host": importing(
    '(export "[static]pollable.poll" (func))',
    "[static]pollable.poll",
    "",
    "(call $f)",
  ),
  "a constructor that the WIT does not have": importing(
    `(export "[constructor]pollable" (func ${text} (result (own $P))))`,
    "[constructor]pollable",
    "(param i32 i32) (result i32)",
    "(drop (call $f (i32.const 0) (i32.const 8)))",
  ),
  "a function with another result": importing(
    '(export "[method]pollable.ready" (func (param "self" (borrow $P)) (result u32)))',
    "[method]pollable.ready",
    "(param i32) (result i32)",
    "(drop (call $f (i32.const 0)))",
  ),
  "a function that would take a handle for granted": importing(
    '(export "[method]pollable.block" (func (param "self" u32)))',
    "[method]pollable.block",
    "(param i32)",
    "(call $f (i32.const 0))",
  ),
  "a resource of its own making in another's place": `(component
    (import "wasi:io/streams@0.2.0" (instance
      (export "pollable" (type $own (sub resource)))
      (export "input-stream" (type $stream (sub resource)))
      (export "[method]input-stream.subscribe"
        (func (param "self" (borrow $stream)) (result (own $own)))))))`,
  "a record with another order": `(component
    (import "wasi:clocks/wall-clock@0.2.0" (instance
      (type $record (record (field "nanoseconds" u32) (field "seconds" u64)))
      (export "datetime" (type $datetime (eq $record)))
      (export "now" (func (result $datetime))))))`,
  "a type that doubles with each definition": `(component
    (import "wasi:random/random@0.2.0" (instance
      (type $t0 (tuple u64 u64))
      ${Array.from({ length: 64 }, (_, index) => `(type $t${index + 1} (tuple $t${index} $t${index}))`).join("\n")}
      (export "get-random-u64" (func (result $t64))))))`,
  "something the linker leaves out": `(component
    (type (list u8 4))
    (import "wasi:io/poll@0.2.0" (instance (export "pollable" (type (sub resource))) (export "constructor" (func)))))`,
};

let binaries: Record<keyof typeof texts, Uint8Array>;
beforeAll(() => {
  binaries = assemble(texts);
});

describe("is refused before anything is bound", () => {
  test.each(Object.keys(texts) as (keyof typeof texts)[])("%s", (name) => {
    expect(caught(() => checkInterfaces("c", binaries[name]))).toMatchObject({
      code: "ERR_SPIN_RUNTIME_IMPORT",
      message: expect.stringMatching(
        /imports wasi:[\w/-]+@0\.2\.0[.#].*, which this host does not offer/,
      ) as unknown as string,
    });
  });
});

describe("is not found by the linker either", () => {
  class Pollable {}
  const host = { "wasi:io/poll": { Pollable } };
  test.each([
    "the constructor of a class",
    "the constructor of an interface",
    "a method of every function",
  ] as const)("%s", async (name) => {
    const { call } = await instantiate(binaries[name], host);
    expect(() => call("g")).toThrow("this host does not offer wasi:io/poll#");
  });
});

test("every interface that the host promises has its functions listed", () => {
  const promised = targets["bundled-host"].imports.map((offer) => parseInterface(offer).name);
  expect(Object.keys(hostInterfaces).sort()).toEqual(promised.sort());
});

test("what is expected and what is found is told", () => {
  expect(caught(() => checkInterfaces("c", binaries["a function with another result"]))).toMatchObject({
    message:
      'The component "c" imports wasi:io/poll@0.2.0#[method]pollable.ready as func(borrow<pollable>) -> u32 (here it is func(borrow<pollable>) -> bool), which this host does not offer.',
  });
});

test("the types are those of the WIT", () => {
  const script = fileURLToPath(new URL("guest/embed.ts", import.meta.url));
  const input = JSON.stringify(Object.keys(hostInterfaces));
  const imported = importedInterfaces(execFileSync(process.execPath, [script], { input }));
  const found = imported?.map(({ interface: name, types, functions }) => [
    parseInterface(name).name,
    { types: Object.fromEntries(types), functions: Object.fromEntries(functions) },
  ]);
  expect(Object.fromEntries(found ?? [])).toEqual(hostInterfaces);
});
