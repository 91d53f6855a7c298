import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { SpinError } from "../../model/errors/index.ts";
import { storageError } from "../admin/storage-error.ts";

const largestBytes = 512 * 1024 * 1024;
/** A blob is uploaded before the deployment that names it. */
const youngMs = 60 * 60 * 1000;

/** Component binaries by digest: `<stateDir>/blobs/sha256/<hex>`, shared by all apps. */
export class Blobs {
  readonly #folder: string;

  constructor(stateDir: string) {
    this.#folder = join(stateDir, "blobs", "sha256");
  }

  /** Who asks is about to deploy it: it counts as uploaded now. */
  async has(digest: string): Promise<boolean> {
    const path = this.#path(digest);
    try {
      const now = new Date();
      await utimes(path, now, now);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
      throw error;
    }
  }

  /** Stores an upload; bytes of another digest, too many of them, or a cut connection leave nothing behind. */
  async write(digest: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#path(digest);
    const unfinished = join(this.#folder, `.${randomUUID()}`);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const hash = createHash("sha256");
    let sizeBytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        sizeBytes += chunk.length;
        hash.update(chunk);
        const isTooLarge = sizeBytes > largestBytes;
        done(
          isTooLarge
            ? new SpinError("ERR_SPIN_HOST_BLOB", `${digest} is larger than ${largestBytes} bytes.`)
            : null,
          chunk,
        );
      },
    });
    try {
      await pipeline(body, measure, createWriteStream(unfinished, { flush: true, mode: 0o600 }));
      const found = `sha256:${hash.digest("hex")}`;
      if (found !== digest)
        throw new SpinError("ERR_SPIN_HOST_BLOB", `The bytes sent as ${digest} are ${found}.`);
      await rename(unfinished, path);
      await syncFolder(this.#folder);
    } catch (error) {
      throw storageError(error, this.#folder);
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  /** Removes what no kept revision needs, but nothing that was uploaded within the last hour. */
  async collectGarbage(referenced: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const path = join(this.#folder, name);
      const uploaded = await stat(path).catch(() => undefined);
      if (uploaded === undefined || referenced.has(`sha256:${name}`)) continue;
      if (Date.now() - uploaded.mtimeMs > youngMs) await rm(path, { force: true });
    }
  }

  #path(digest: string): string {
    const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
    if (hex === undefined) throw new SpinError("ERR_SPIN_HOST_BLOB", `"${digest}" is no digest.`);
    return join(this.#folder, hex);
  }
}

/** The name of a file is durable with its folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
