/** Host functions that wait: the guest's stack is suspended, also through another component. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { assemble, instantiate } from "./components.ts";

const inner = `(component $Inner
  (import "wait" (func $wait (param "n" u32) (result u32)))
  (canon lower (func $wait) (core func $wait'))
  (core module $M
    (import "" "wait" (func $wait (param i32) (result i32)))
    (func (export "twice") (param i32) (result i32)
      (i32.add (call $wait (local.get 0)) (call $wait (i32.add (local.get 0) (i32.const 1))))))
  (core instance $m (instantiate $M (with "" (instance (export "wait" (func $wait'))))))
  (func (export "twice") (param "n" u32) (result u32) (canon lift (core func $m "twice"))))`;

const composed = `(component
  (import "wait" (func $wait (param "n" u32) (result u32)))
  ${inner}
  (instance $inner (instantiate $Inner (with "wait" (func $wait))))
  (component $Outer
    (import "twice" (func $twice (param "n" u32) (result u32)))
    (canon lower (func $twice) (core func $twice'))
    (core module $M
      (import "" "twice" (func $twice (param i32) (result i32)))
      (func (export "run") (param i32) (result i32) (i32.mul (call $twice (local.get 0)) (i32.const 2))))
    (core instance $m (instantiate $M (with "" (instance (export "twice" (func $twice'))))))
    (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))
  (instance $outer (instantiate $Outer (with "twice" (func $inner "twice"))))
  (func (export "run") (alias export $outer "run")))`;

const alone = inner.replace("(component $Inner", "(component");

/** Calls the host while it is made, and from its destructor. */
const early = `(component
  (import "wait" (func $wait (param "n" u32) (result u32)))
  (canon lower (func $wait) (core func $wait'))
  (core module $Early
    (import "" "wait" (func $wait (param i32) (result i32)))
    (global $got (mut i32) (i32.const 0))
    (func $start (global.set $got (call $wait (i32.const 4))))
    (func (export "got") (result i32) (global.get $got))
    (func (export "dtor") (param i32) (global.set $got (call $wait (local.get 0))))
    (start $start))
  (core instance $early (instantiate $Early (with "" (instance (export "wait" (func $wait'))))))
  (type $R (resource (rep i32) (dtor (core func $early "dtor"))))
  (canon resource.new $R (core func $new))
  (canon resource.drop $R (core func $drop))
  (core module $M
    (import "" "wait" (func $wait (param i32) (result i32)))
    (import "" "new" (func $new (param i32) (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (import "" "got" (func $got (result i32)))
    (func (export "run") (param i32) (result i32)
      (call $drop (call $new (local.get 0)))
      (i32.add (call $got) (call $wait (i32.const 100)))))
  (core instance $m (instantiate $M (with "" (instance
    (export "wait" (func $wait')) (export "new" (func $new)) (export "drop" (func $drop)) (export "got" (func $early "got"))))))
  (func (export "got") (result u32) (canon lift (core func $early "got")))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $m "run"))))`;

let binaries: { alone: Uint8Array; composed: Uint8Array; early: Uint8Array };
beforeAll(() => {
  binaries = assemble({ alone, composed, early });
});

const later = (n: number) => new Promise<number>((resolve) => void setImmediate(resolve, n * 10));

test("a call waits for each of them", async () => {
  const { call } = await instantiate(binaries.alone, { "": { wait: later } }, ["#wait"]);
  expect(await call("twice", 1)).toBe(30);
});

test("a value that is there needs no promise", async () => {
  const { call } = await instantiate(binaries.alone, { "": { wait: (n: number) => n } }, ["#wait"]);
  expect(await call("twice", 1)).toBe(3);
});

test("a component waits for one that waits", async () => {
  const { call, instance } = await instantiate(binaries.composed, { "": { wait: later } }, ["#wait"]);
  expect(await call("run", 1)).toBe(60);
  expect(await call("run", 2)).toBe(100);
  expect(instance.failure()).toBeUndefined();
});

test("while one call waits, no other may enter", async () => {
  const { call } = await instantiate(binaries.composed, { "": { wait: later } }, ["#wait"]);
  const first = call("run", 1);
  expect(() => call("run", 1)).toThrow("cannot enter component instance");
  expect(await first).toBe(60);
  expect(await call("run", 1)).toBe(60);
});

test("what fails later ends the instance", async () => {
  const wait = () => Promise.reject(new Error("gone"));
  const { call, instance } = await instantiate(binaries.composed, { "": { wait } }, ["#wait"]);
  await expect(call("run", 1)).rejects.toThrow("gone");
  expect(instance.failure()?.message).toBe("gone");
});

describe("where nothing can be suspended", () => {
  const waitsFrom = (least: number) => (n: number) => (n >= least ? later(n) : n * 10);

  test("a value that is there may be asked for, and waiting goes on to work elsewhere", async () => {
    const { call } = await instantiate(binaries.early, { "": { wait: waitsFrom(100) } }, ["#wait"]);
    expect(await call("got")).toBe(40);
    expect(await call("run", 5)).toBe(50 + 1000);
    expect(await call("run", 6)).toBe(60 + 1000);
  });

  test("waiting while an instance is made fails", async () => {
    await expect(instantiate(binaries.early, { "": { wait: waitsFrom(0) } }, ["#wait"])).rejects.toThrow(
      "a guest waited where it cannot",
    );
  });

  test("waiting in a destructor ends the instance", async () => {
    const { call, instance } = await instantiate(binaries.early, { "": { wait: waitsFrom(5) } }, ["#wait"]);
    await expect(call("run", 5)).rejects.toThrow("a guest waited where it cannot");
    expect(instance.failure()).toBeDefined();
  });
});
