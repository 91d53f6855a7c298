import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { digestOf, isDigest } from "../model/digest.ts";
import { isSpinError, SpinError } from "../model/errors/index.ts";
import { fileBytes } from "./file-bytes.ts";
import { giveUp, sweep, takeOver, unfinishedPath } from "./unfinished.ts";
import { userCache } from "./user-cache.ts";

/**
 * Bytes by digest in the user's cache folder. What is read was verified: a file is named after its digest only once
 * the whole of it had that digest.
 */
export class ContentCache {
  readonly #folder: string;
  #swept: Promise<void> | undefined;

  constructor(folder = userCache("content", "sha256")) {
    this.#folder = folder;
  }

  /** `undefined` when the cache does not hold it, or holds something damaged. */
  async read(digest: string): Promise<Buffer | undefined> {
    try {
      const bytes = await readFile(this.#path(digest));
      return digestOf(bytes) === digest ? bytes : undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** The file that holds it, hashed anew; one that is damaged is removed, and `undefined`. For content of any size. */
  async file(digest: string): Promise<string | undefined> {
    const path = this.#path(digest);
    const hash = createHash("sha256");
    try {
      for await (const chunk of fileBytes(path)) hash.update(chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    if (`sha256:${hash.digest("hex")}` === digest) return path;
    await rm(path, { force: true });
    return undefined;
  }

  /** Where content of this digest is, or would be: for what was written or asked for with `file` just now. */
  path(digest: string): string {
    return this.#path(digest);
  }

  /** Stores a stream under the digest it must have; ERR_SPIN_REGISTRY_DIGEST or _SIZE leave nothing behind. */
  async write(digest: string, body: AsyncIterable<Uint8Array>, maximumBytes: number): Promise<void> {
    const path = this.#path(digest);
    const unfinished = unfinishedPath(path);
    await this.#prepare();
    try {
      await fill(unfinished, { digest, body, maximumBytes });
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  /**
   * As `write`, but goes on where an earlier try was killed or gave up: `from` gives the bytes from an offset on. The digest
   * judges the whole of it; when what was left is not the beginning, it is fetched anew.
   */
  async resume(
    digest: string,
    from: (offset: number) => AsyncIterable<Uint8Array>,
    maximumBytes: number,
  ): Promise<void> {
    const path = this.#path(digest);
    const unfinished = unfinishedPath(path);
    await this.#prepare();
    const leftBytes = await takeOver(path, unfinished);
    try {
      await fill(unfinished, { digest, body: from(leftBytes), maximumBytes, leftBytes });
      await rename(unfinished, path);
    } catch (error) {
      const isWrong = isSpinError(error) && contentCodes.includes(error.code);
      if (!isWrong) {
        await giveUp(unfinished, path);
        throw error;
      }
      await rm(unfinished, { force: true });
      if (leftBytes === 0) throw error;
      await this.write(digest, from(0), maximumBytes);
    }
  }

  /** Once, so that what was left goes some time, even where nobody wants the same again. */
  async #prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    this.#swept ??= sweep(this.#folder);
    await this.#swept;
  }

  #path(digest: string): string {
    if (!isDigest(digest)) {
      throw new SpinError(
        "ERR_SPIN_REGISTRY_DIGEST_SYNTAX",
        `"${digest}" is no digest: expected sha256: and 64 hex digits.`,
      );
    }
    return join(this.#folder, digest.slice("sha256:".length));
  }
}

const contentCodes: readonly string[] = ["ERR_SPIN_REGISTRY_DIGEST", "ERR_SPIN_REGISTRY_SIZE"];

interface Filling {
  digest: string;
  body: AsyncIterable<Uint8Array>;
  maximumBytes: number;
  /** What the file holds already. */
  leftBytes?: number;
}

/** Adds the body to the file, and judges the whole of it. */
async function fill(file: string, { digest, body, maximumBytes, leftBytes = 0 }: Filling): Promise<void> {
  const hash = createHash("sha256");
  if (leftBytes > 0) for await (const chunk of fileBytes(file)) hash.update(chunk);
  let sizeBytes = leftBytes;
  // Not flushed to the disk: what a crash of the machine leaves is judged by its digest when it is read.
  const handle = await open(file, "a");
  try {
    if (sizeBytes > maximumBytes) throw tooLarge(digest, maximumBytes);
    for await (const chunk of body) {
      sizeBytes += chunk.length;
      if (sizeBytes > maximumBytes) throw tooLarge(digest, maximumBytes);
      hash.update(chunk);
      await handle.appendFile(chunk);
    }
  } finally {
    await handle.close();
  }
  const found = `sha256:${hash.digest("hex")}`;
  if (found === digest) return;
  throw new SpinError(
    "ERR_SPIN_REGISTRY_DIGEST",
    `Expected ${digest}, but the bytes that came are ${found}.`,
  );
}

function tooLarge(digest: string, maximumBytes: number): SpinError {
  return new SpinError("ERR_SPIN_REGISTRY_SIZE", `${digest} is larger than ${maximumBytes} bytes.`);
}
