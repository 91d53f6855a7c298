import { describe, expect, test } from "@jest/globals";
import { PassThrough, Readable } from "node:stream";
import { IncomingBody } from "../../../runtime/wasi/http/incoming-body.ts";
import { InputStream } from "../../../runtime/wasi/io/input-stream.ts";
import { Pollable } from "../../../runtime/wasi/io/poll.ts";
import { ReadableSource } from "../../../runtime/wasi/io/readable-source.ts";
import { Trap } from "../../../runtime/wasi/wit-error.ts";
import { clocksImports } from "../../../runtime/wasi/clocks.ts";
import { LineSink } from "../../../runtime/wasi/cli/line-sink.ts";

const never = new Promise<never>(() => {});
/** What is there already is returned or thrown, without a promise. */
const settled = async <Value>(call: () => Value): Promise<Awaited<Value>> => await call();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe("an input stream", () => {
  test("reads in the lengths that are asked for, and then is closed", async () => {
    const stream = new InputStream(new ReadableSource(Readable.from(["hello"], { objectMode: false })));
    expect(text(await stream.blockingRead(2n))).toBe("he");
    expect(text(stream.read(100n))).toBe("llo");
    await expect(settled(() => stream.blockingRead(1n))).rejects.toMatchObject({
      payload: { tag: "closed" },
    });
  });

  test("has nothing yet, then has", async () => {
    const source = new PassThrough();
    const stream = new InputStream(new ReadableSource(source));
    const pollable = stream.subscribe();
    expect([stream.read(10n).length, pollable.ready()]).toEqual([0, false]);
    source.write("x");
    await pollable.block();
    expect(text(stream.read(10n))).toBe("x");
  });

  test("reports a broken connection", async () => {
    const source = new PassThrough();
    const stream = new InputStream(new ReadableSource(source));
    source.destroy(new Error("reset"));
    await expect(settled(() => stream.blockingRead(1n))).rejects.toMatchObject({
      payload: { tag: "last-operation-failed" },
    });
  });
});

describe("poll", () => {
  test("answers with all that are ready", async () => {
    const ready = new Pollable({ isReady: () => true, whenReady: () => never });
    const waiting = new Pollable({ isReady: () => false, whenReady: () => never });
    expect(await Pollable.poll([waiting, ready, ready])).toEqual(Uint32Array.from([1, 2]));
  });

  test("traps on an empty list", async () => {
    await expect(settled(() => Pollable.poll([]))).rejects.toThrow(Trap);
  });

  test("waits for the clock", async () => {
    const clock = clocksImports({ ended: new AbortController().signal, cancelled: never })[
      "wasi:clocks/monotonic-clock"
    ] as {
      now(): bigint;
      subscribeDuration(ns: bigint): Pollable;
    };
    const started = clock.now();
    await clock.subscribeDuration(2_000_000n).block();
    expect(clock.now() - started).toBeGreaterThanOrEqual(2_000_000n);
  });
});

test("future trailers come after the body, once, whether or not the guest read it", async () => {
  const body = {
    readable: Readable.from(["x"], { objectMode: false }),
    trailers: () => [],
    discard: () => {},
  };
  const future = IncomingBody.finish(new IncomingBody(body, never));
  await future.subscribe().block();
  expect(future.get()).toEqual({ tag: "ok", val: { tag: "ok", val: undefined } });
  expect(future.get()).toEqual({ tag: "err" });
});

test("guest output becomes lines, characters kept whole", () => {
  const lines: string[] = [];
  const sink = new LineSink((line) => lines.push(line));
  const bytes = Buffer.from("one\ntwö\nrest");
  sink.write(bytes.subarray(0, 7));
  sink.write(bytes.subarray(7));
  expect(lines).toEqual(["one", "twö"]);
  sink.end();
  expect(lines).toEqual(["one", "twö", "rest"]);
});
