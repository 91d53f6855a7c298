import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { digestOf, isDigest } from "../model/digest.ts";
import { SpinError } from "../model/errors/index.ts";

/**
 * Bytes by digest in the user's cache folder. What is read was verified: a file is named after its digest only once
 * the whole of it had that digest.
 */
export class ContentCache {
  readonly #folder: string;

  constructor(folder = defaultFolder()) {
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

  /** Stores a stream under the digest it must have; ERR_SPIN_REGISTRY_DIGEST or _SIZE leave nothing behind. */
  async write(digest: string, body: AsyncIterable<Uint8Array>, maximumBytes: number): Promise<void> {
    const path = this.#path(digest);
    const unfinished = `${path}.${randomUUID()}`;
    await mkdir(this.#folder, { recursive: true });
    const hash = createHash("sha256");
    let sizeBytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        sizeBytes += chunk.length;
        hash.update(chunk);
        done(sizeBytes > maximumBytes ? tooLarge(digest, maximumBytes) : null, chunk);
      },
    });
    try {
      await pipeline(Readable.from(body), measure, createWriteStream(unfinished, { flush: true }));
      const found = `sha256:${hash.digest("hex")}`;
      if (found !== digest) {
        throw new SpinError(
          "ERR_SPIN_REGISTRY_DIGEST",
          `Expected ${digest}, but the bytes that came are ${found}.`,
        );
      }
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
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

function tooLarge(digest: string, maximumBytes: number): SpinError {
  return new SpinError("ERR_SPIN_REGISTRY_SIZE", `${digest} is larger than ${maximumBytes} bytes.`);
}

function defaultFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "pulumi-spin", "content", "sha256");
}
