/** Handles between two components: who owns, who borrows, and what traps. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { assemble, type Callable, instantiate } from "./components.ts";

/** The component D uses the resource R of the component C through imports whose core functions are `uses`. */
function composed(body: string): string {
  return `(component
  (component $C
    (core module $Table
      (table (export "table") 1 funcref)
      (func (export "dtor") (param i32) (call_indirect (param i32) (local.get 0) (i32.const 0))))
    (core instance $table (instantiate $Table))
    (type $R' (resource (rep i32) (dtor (core func $table "dtor"))))
    (export $R "r" (type $R'))
    (canon resource.new $R' (core func $new))
    (canon resource.rep $R' (core func $rep))
    (canon resource.drop $R' (core func $drop))
    (core module $M
      (import "" "table" (table 1 funcref))
      (import "" "new" (func $new (param i32) (result i32)))
      (import "" "rep" (func $rep (param i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (global $dropped (mut i32) (i32.const 0))
      (func $dtor (param i32) (global.set $dropped (i32.add (global.get $dropped) (local.get 0))))
      (elem (i32.const 0) $dtor)
      (func (export "make") (param i32) (result i32) (call $new (local.get 0)))
      (func (export "look") (param i32) (result i32) (local.get 0))
      (func (export "take") (param i32) (result i32) (call $rep (local.get 0)))
      (func (export "look-and-take") (param i32 i32) (result i32) (call $drop (local.get 1)) (local.get 0))
      (func (export "dropped") (result i32) (global.get $dropped)))
    (core instance $m (instantiate $M (with "" (instance
      (export "table" (table $table "table")) (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
    (func (export "make") (param "n" u32) (result (own $R)) (canon lift (core func $m "make")))
    (func (export "look") (param "r" (borrow $R)) (result u32) (canon lift (core func $m "look")))
    (func (export "take") (param "r" (own $R)) (result u32) (canon lift (core func $m "take")))
    (func (export "look-and-take") (param "a" (borrow $R)) (param "b" (own $R)) (result u32)
      (canon lift (core func $m "look-and-take")))
    (func (export "dropped") (result u32) (canon lift (core func $m "dropped"))))
  (component $D
    (import "c" (instance $c
      (export "r" (type $R (sub resource)))
      (export "make" (func (param "n" u32) (result (own $R))))
      (export "look" (func (param "r" (borrow $R)) (result u32)))
      (export "take" (func (param "r" (own $R)) (result u32)))
      (export "look-and-take" (func (param "a" (borrow $R)) (param "b" (own $R)) (result u32)))
      (export "dropped" (func (result u32)))))
    (alias export $c "r" (type $R))
    (canon resource.drop $R (core func $drop))
    (canon lower (func $c "make") (core func $make))
    (canon lower (func $c "look") (core func $look))
    (canon lower (func $c "take") (core func $take))
    (canon lower (func $c "look-and-take") (core func $look-and-take))
    (canon lower (func $c "dropped") (core func $dropped))
    (core module $M
      (import "" "drop" (func $drop (param i32)))
      (import "" "make" (func $make (param i32) (result i32)))
      (import "" "look" (func $look (param i32) (result i32)))
      (import "" "take" (func $take (param i32) (result i32)))
      (import "" "look-and-take" (func $look-and-take (param i32 i32) (result i32)))
      (import "" "dropped" (func $dropped (result i32)))
      (func (export "run") (result i32) (local $a i32) (local $b i32) ${body}))
    (core instance $m (instantiate $M (with "" (instance
      (export "drop" (func $drop)) (export "make" (func $make)) (export "look" (func $look)) (export "take" (func $take))
      (export "look-and-take" (func $look-and-take)) (export "dropped" (func $dropped))))))
    (func (export "run") (result u32) (canon lift (core func $m "run"))))
  (instance $c (instantiate $C))
  (instance $d (instantiate $D (with "c" (instance $c))))
  (func (export "run") (alias export $d "run")))`;
}

const makeA = "(local.set $a (call $make (i32.const 7)))";
const returning: Record<string, readonly [body: string, result: number]> = {
  "a borrow shows the implementer what it made, and leaves the handle": [
    `${makeA} (drop (call $look (local.get $a))) (call $look (local.get $a))`,
    7,
  ],
  "handles begin with 1, and a free place is used again": [
    `${makeA} (local.set $b (call $make (i32.const 8))) (call $drop (local.get $a))
     (i32.add (i32.mul (local.get $b) (i32.const 10)) (call $make (i32.const 9)))`,
    21,
  ],
  "dropping the owner runs the destructor": [`${makeA} (call $drop (local.get $a)) (call $dropped)`, 7],
  "an owner given away is gone here, and has a handle there": [`${makeA} (call $take (local.get $a))`, 7],
  "one borrowed while another is given away": [
    `${makeA} (local.set $b (call $make (i32.const 8))) (call $look-and-take (local.get $a) (local.get $b))`,
    7,
  ],
};

const trapping: Record<string, readonly [body: string, message: RegExp]> = {
  "dropped twice": [
    `${makeA} (call $drop (local.get $a)) (call $drop (local.get $a)) (i32.const 0)`,
    /unknown handle index 1/,
  ],
  "used after it was given away": [
    `${makeA} (drop (call $take (local.get $a))) (call $look (local.get $a))`,
    /unknown handle/,
  ],
  "borrowed and given away in one call": [
    `${makeA} (call $look-and-take (local.get $a) (local.get $a))`,
    /cannot remove owned resource while borrowed/,
  ],
  "never made": ["(call $look (i32.const 5))", /unknown handle index 5/],
  "out of range": ["(call $look (i32.const -1))", /unknown handle index 4294967295/],
};

const bodies = Object.fromEntries(
  Object.entries({ ...returning, ...trapping }).map(([name, [body]]) => [name, composed(body)]),
);
const hosted = `(component
  (import "things" (instance $things
    (export "thing" (type $T (sub resource)))
    (export "[constructor]thing" (func (param "n" u32) (result (own $T))))
    (export "[method]thing.get" (func (param "self" (borrow $T)) (result u32)))
    (export "[static]thing.merge" (func (param "a" (own $T)) (param "b" (borrow $T)) (result u32)))))
  (alias export $things "thing" (type $T))
  (canon resource.drop $T (core func $drop))
  (canon lower (func $things "[constructor]thing") (core func $make))
  (canon lower (func $things "[method]thing.get") (core func $get))
  (canon lower (func $things "[static]thing.merge") (core func $merge))
  (core module $M
    (import "" "drop" (func $drop (param i32)))
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "get" (func $get (param i32) (result i32)))
    (import "" "merge" (func $merge (param i32 i32) (result i32)))
    (func (export "round") (param i32) (result i32) (local $h i32) (local $r i32)
      (local.set $h (call $make (local.get 0)))
      (local.set $r (call $get (local.get $h)))
      (call $drop (local.get $h))
      (local.get $r))
    (func (export "merge") (param i32) (result i32) (call $merge (call $make (local.get 0)) (call $make (i32.const 1))))
    (func (export "merge-same") (result i32) (local $h i32)
      (local.set $h (call $make (i32.const 1)))
      (call $merge (local.get $h) (local.get $h)))
    (func (export "leak") (loop $l (drop (call $make (i32.const 0))) (br $l)))
    (func (export "use") (param i32) (result i32) (call $get (local.get 0)))
    (func (export "pass") (param i32) (result i32) (local.get 0)))
  (core instance $m (instantiate $M (with "" (instance
    (export "drop" (func $drop)) (export "make" (func $make)) (export "get" (func $get)) (export "merge" (func $merge))))))
  (func (export "round") (param "n" u32) (result u32) (canon lift (core func $m "round")))
  (func (export "merge") (param "n" u32) (result u32) (canon lift (core func $m "merge")))
  (func (export "merge-same") (result u32) (canon lift (core func $m "merge-same")))
  (func (export "leak") (canon lift (core func $m "leak")))
  (func (export "use") (param "t" (borrow $T)) (result u32) (canon lift (core func $m "use")))
  (func (export "pass") (param "t" (own $T)) (result (own $T)) (canon lift (core func $m "pass"))))`;

let binaries: Record<string, Uint8Array>;
beforeAll(() => {
  binaries = assemble({ ...bodies, hosted });
});

const run = async (name: string) => (await instantiate(binaries[name] ?? new Uint8Array())).call("run");

describe("a resource of another component", () => {
  test.each(Object.entries(returning))("%s", async (name, [, result]) => {
    expect(await run(name)).toBe(result);
  });

  test.each(Object.entries(trapping))("traps: %s", async (name, [, message]) => {
    await expect(run(name)).rejects.toThrow(message);
  });
});

describe("a resource of the host", () => {
  const disposed: number[] = [];
  class Thing {
    readonly n: number;
    constructor(n: number) {
      this.n = n;
    }
    static merge(a: Thing, b: Thing): number {
      return a.n + b.n;
    }
    get(): number {
      return this.n;
    }
    [Symbol.dispose](): void {
      disposed.push(this.n);
    }
  }
  let callable: Callable;
  beforeAll(async () => {
    callable = await instantiate(binaries["hosted"] ?? new Uint8Array(), { things: { Thing } });
  });

  test("is the same object in every call, and disposed when the guest drops it", () => {
    expect(callable.call("round", 41)).toBe(41);
    expect(disposed).toEqual([41]);
    expect(callable.instance.tables[0]?.size).toBe(0);
  });

  test("is the callee's when it is given away", () => {
    expect(callable.call("merge", 4)).toBe(5);
    expect(callable.instance.tables[0]?.size).toBe(1);
  });

  test("goes through a guest as the object that it is", () => {
    const thing = new Thing(9);
    expect(callable.call("pass", thing)).toBe(thing);
  });

  test("that was lent has to be dropped before the call ends", async () => {
    const fresh = await instantiate(binaries["hosted"] ?? new Uint8Array(), { things: { Thing } });
    expect(() => fresh.call("use", new Thing(3))).toThrow(
      "borrow handles still remain at the end of the call",
    );
  });

  test("cannot be lent and given away in one call", async () => {
    const fresh = await instantiate(binaries["hosted"] ?? new Uint8Array(), { things: { Thing } });
    expect(() => fresh.call("mergeSame")).toThrow(/unknown handle|while borrowed/);
  });

  test("can be held by the hundred thousand, and no more", async () => {
    const fresh = await instantiate(binaries["hosted"] ?? new Uint8Array(), { things: { Thing } });
    expect(() => fresh.call("leak")).toThrow("the guest holds more than 100000 handles");
  });
});
