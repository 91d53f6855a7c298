/** A guest reaches what the WIT names, and nothing else of the host's objects. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { targets } from "../../../model/capability/target.ts";
import { parseInterface } from "../../../model/capability/interfaces.ts";
import { hostFunctions } from "../../../runtime/component/host-functions.ts";
import { checkInterfaces } from "../../../runtime/component/interfaces.ts";
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
        /imports wasi:io\/poll@0\.2\.0#.*, which this host does not offer/,
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
  expect(Object.keys(hostFunctions).sort()).toEqual(promised.sort());
});
