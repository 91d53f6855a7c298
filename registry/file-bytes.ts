import { open } from "node:fs/promises";
import { SpinError } from "../model/errors/index.ts";

/** Few system calls for much, and still small beside everything else. */
const chunkBytes = 256 * 1024;

/**
 * The bytes of a file from `start` up to `end`, by default all, through one buffer, so that memory stays flat: a chunk is
 * valid until the next one is asked for. ERR_SPIN_ARTIFACT_CONTENT when the file ends before `end`.
 */
export async function* fileBytes(
  file: string,
  { start = 0, end }: { start?: number; end?: number } = {},
): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, (end ?? Number.POSITIVE_INFINITY) - start));
    for (let at = start; end === undefined || at < end;) {
      const length = Math.min(buffer.length, (end ?? Number.POSITIVE_INFINITY) - at);
      const { bytesRead } = await handle.read(buffer, 0, length, at);
      if (bytesRead === 0 && end === undefined) return;
      if (bytesRead === 0)
        throw new SpinError(
          "ERR_SPIN_ARTIFACT_CONTENT",
          `The file ${file} became shorter while it was read.`,
        );
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
