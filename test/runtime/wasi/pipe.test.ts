import { describe, expect, test } from "@jest/globals";
import { OutputStream } from "../../../runtime/wasi/io/output-stream.ts";
import { Pipe } from "../../../runtime/wasi/http/pipe.ts";
import { Trap, WitError } from "../../../runtime/wasi/wit-error.ts";

const bytes = (length: number) => new Uint8Array(length).fill(1);

describe("a body between a guest and its reader", () => {
  test("takes 64 KiB without a reader, then none", () => {
    const stream = new OutputStream(new Pipe());
    expect(stream.checkWrite()).toBe(65_536n);
    stream.write(bytes(65_536));
    expect(stream.checkWrite()).toBe(0n);
    expect(stream.subscribe().ready()).toBe(false);
    expect(() => stream.write(bytes(1))).toThrow(Trap);
  });

  test("makes a writer wait until the reader has taken what there is", async () => {
    const pipe = new Pipe();
    const stream = new OutputStream(pipe);
    stream.write(bytes(65_536));
    const written = stream.blockingWriteAndFlush(bytes(10))?.then(() => "written");
    expect(await Promise.race([written, Promise.resolve("waits")])).toBe("waits");
    expect((await pipe.read())?.length).toBe(65_536);
    expect((await pipe.read())?.length).toBe(10);
    expect(await written).toBe("written");
  });

  test("gives all that there is at once when it is complete, and nothing before", async () => {
    const pipe = new Pipe();
    const stream = new OutputStream(pipe);
    stream.write(Buffer.from("one "));
    expect(pipe.takeWhole()).toBeUndefined();
    stream.write(Buffer.from("two"));
    pipe.end();
    expect(Buffer.from(pipe.takeWhole() ?? []).toString()).toBe("one two");
    expect(await pipe.read()).toBeUndefined();
  });

  test("is not taken whole with trailers, a reader or an error", async () => {
    const withTrailers = new Pipe();
    withTrailers.end([["a", bytes(1)]]);
    const withReader = new Pipe();
    withReader.end();
    await withReader.read();
    const failed = new Pipe();
    failed.abort(new Error("cut"));
    for (const pipe of [withTrailers, withReader, failed]) expect(pipe.takeWhole()).toBeUndefined();
  });

  test("ends, and says so again", async () => {
    const pipe = new Pipe();
    new OutputStream(pipe).write(bytes(3));
    pipe.end([["x", bytes(1)]]);
    expect(await pipe.read()).toEqual(bytes(3));
    expect(await pipe.read()).toBeUndefined();
    expect(await pipe.read()).toBeUndefined();
    expect(pipe.trailers).toEqual([["x", bytes(1)]]);
  });

  test("hands an abort to the reader, after the bytes before it, unless it had ended", async () => {
    const [broken, whole] = [new Pipe(), new Pipe()];
    broken.write(bytes(1));
    broken.abort(new Error("trap"));
    expect(await broken.read()).toEqual(bytes(1));
    await expect(broken.read()).rejects.toThrow("trap");
    whole.end();
    whole.abort(new Error("trap"));
    expect(await whole.read()).toBeUndefined();
  });

  test("closes the guest's stream when the reader goes", () => {
    const pipe = new Pipe();
    const stream = new OutputStream(pipe);
    pipe.cancel();
    expect(() => stream.checkWrite()).toThrow(WitError);
    expect(stream.subscribe().ready()).toBe(true);
  });

  test("wakes a writer that waits when the request is given up", async () => {
    const cancelled = Promise.reject(new Trap("given up"));
    const pipe = new Pipe();
    pipe.write(bytes(65_536));
    await expect(new OutputStream(pipe, cancelled).blockingWriteAndFlush(bytes(1))).rejects.toThrow(
      "given up",
    );
  });
});
