/** Host functions that wait: the guest's stack is suspended, also through another component. */
import { beforeAll, expect, test } from "@jest/globals";
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

let binaries: { alone: Uint8Array; composed: Uint8Array };
beforeAll(() => {
  binaries = assemble({ alone, composed });
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
