import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContentCache } from "../../registry/content-cache.ts";
import { rejected } from "../support/caught.ts";

const bytes = Buffer.from("some bytes");
const hex = createHash("sha256").update(bytes).digest("hex");
const digest = `sha256:${hex}`;

let folder: string;
let cache: ContentCache;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-cache-"));
  cache = new ContentCache(folder);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function* stream(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

describe("ContentCache", () => {
  test("holds what was written, by digest", async () => {
    await cache.write(digest, stream(bytes.subarray(0, 3), bytes.subarray(3)), 100);
    expect(await cache.read(digest)).toEqual(bytes);
    expect(await readdir(folder)).toEqual([hex]);
  });

  test("makes its folder when it is not there", async () => {
    const deep = new ContentCache(join(folder, "a", "b"));
    await deep.write(digest, stream(bytes), 100);
    expect(await deep.read(digest)).toEqual(bytes);
  });

  test("does not hold what was never written", async () => {
    expect(await cache.read(digest)).toBeUndefined();
  });

  test("does not give what was damaged", async () => {
    await writeFile(join(folder, hex), "damaged");
    expect(await cache.read(digest)).toBeUndefined();
  });

  test("takes as many bytes as it may", async () => {
    await cache.write(digest, stream(bytes), bytes.length);
    expect(await cache.read(digest)).toEqual(bytes);
  });

  test("takes no byte more, and leaves nothing behind", async () => {
    const error = await rejected(cache.write(digest, stream(bytes), bytes.length - 1));
    expect(error).toMatchObject({ code: "ERR_SPIN_REGISTRY_SIZE" });
    expect(error.message).toContain(`${bytes.length - 1} bytes`);
    expect(await readdir(folder)).toEqual([]);
  });

  test("stops reading an endless stream at the limit", async () => {
    let sizeBytes = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        sizeBytes += 1024;
        yield Buffer.alloc(1024);
      }
    }
    await expect(cache.write(digest, endless(), 10_000)).rejects.toMatchObject({
      code: "ERR_SPIN_REGISTRY_SIZE",
    });
    expect(sizeBytes).toBeLessThan(1_000_000);
    expect(await readdir(folder)).toEqual([]);
  });

  test("takes no other bytes than its digest says, and leaves nothing behind", async () => {
    const error = await rejected(cache.write(digest, stream(Buffer.from("others")), 100));
    expect(error.code).toBe("ERR_SPIN_REGISTRY_DIGEST");
    expect(await readdir(folder)).toEqual([]);
  });

  test("leaves nothing behind when the stream fails", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes;
      throw new Error("the line went dead");
    }
    await expect(cache.write(digest, broken(), 100)).rejects.toThrow("the line went dead");
    expect(await readdir(folder)).toEqual([]);
  });

  test.each(["", "..", "../../etc/passwd", "sha256:../../etc/passwd"])(
    "%j never becomes a path",
    async (wrong) => {
      await expect(rejected(cache.write(wrong, stream(bytes), 100))).resolves.toMatchObject({
        code: "ERR_SPIN_REGISTRY_DIGEST_SYNTAX",
      });
      await expect(rejected(cache.read(wrong))).resolves.toMatchObject({
        code: "ERR_SPIN_REGISTRY_DIGEST_SYNTAX",
      });
    },
  );

  test("says what the file system says when that fails", async () => {
    await mkdir(join(folder, hex));
    await expect(cache.read(digest)).rejects.toMatchObject({ code: "EISDIR" });
  });
});
