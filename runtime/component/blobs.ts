import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SpinError } from "../../model/errors/index.ts";

/**
 * The bytes of a blob, from `<blobsDir>/sha256/<hex>`. ERR_SPIN_RUNTIME_BLOB_MISSING when it was never uploaded,
 * ERR_SPIN_RUNTIME_BLOB_DIGEST when its bytes are others than its name says.
 */
export async function loadBlob(blobsDir: string, digest: string): Promise<Uint8Array> {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  if (hex === undefined) {
    throw new SpinError(
      "ERR_SPIN_RUNTIME_BLOB_DIGEST",
      `"${digest}" is no digest; expected sha256:<64 hex digits>.`,
    );
  }
  const bytes = await readFile(join(blobsDir, "sha256", hex)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT") throw cause;
    throw new SpinError("ERR_SPIN_RUNTIME_BLOB_MISSING", `The host has no blob ${digest}.`, { cause });
  });
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== hex) {
    throw new SpinError(
      "ERR_SPIN_RUNTIME_BLOB_DIGEST",
      `The stored blob ${digest} has the bytes of sha256:${found}.`,
    );
  }
  return bytes;
}
