import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { digestOf, isDigest } from "../model/digest.ts";
import { SpinError } from "../model/errors/index.ts";
import { fileBytes } from "./file-bytes.ts";
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
    const unfinished = `${path}.${machine}.${process.pid}.${randomUUID()}`;
    await mkdir(this.#folder, { recursive: true });
    this.#swept ??= this.#sweep();
    await this.#swept;
    const hash = createHash("sha256");
    let sizeBytes = 0;
    try {
      // Not flushed to the disk: what a crash of the machine leaves is judged by its digest when it is read.
      const handle = await open(unfinished, "wx");
      try {
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

  /** Removes what a process that was killed left unfinished; those of other machines once they are old. */
  async #sweep(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const [, owner, pid] = /^[0-9a-f]{64}\.([0-9a-f]{8})\.(\d+)\./.exec(name) ?? [];
      if (owner === undefined) continue;
      const path = join(this.#folder, name);
      const isLeft = owner === machine ? !isRunning(Number(pid)) : await isOlderThanADay(path);
      if (isLeft) await rm(path, { force: true });
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

/** Caches are shared between machines and containers, whose processes cannot be told apart by number alone. */
const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function isOlderThanADay(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > 86_400_000;
}
