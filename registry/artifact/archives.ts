/** The archives of an application with too many files for layers of their own: made anew whenever they are read, stored nowhere. */
import { createHash } from "node:crypto";
import { type ArchiveFile, gzipStored, tarOf } from "../../model/artifact/index.ts";
import type { LockedApp } from "../../model/locked-app/index.ts";
import type { BlobSource } from "../client/index.ts";
import type { LocalBlob } from "../local-content/index.ts";
import { fileBytes } from "../file-bytes.ts";
import { part } from "./part.ts";

export interface Archive {
  digest: string;
  size: number;
  source: BlobSource;
}

/** One for each component that has files, by its id. */
export async function archivesOf(
  { components }: LockedApp,
  blobs: ReadonlyMap<string, LocalBlob>,
): Promise<Map<string, Archive>> {
  const archives = new Map<string, Archive>();
  for (const { id, files = [] } of components) {
    const listed = files.flatMap(({ path, digest = "" }): ArchiveFile[] => {
      const blob = blobs.get(digest);
      return blob === undefined
        ? []
        : [{ path, sizeBytes: blob.sizeBytes, open: () => fileBytes(blob.file) }];
    });
    if (listed.length > 0) archives.set(id, await archiveOf(listed));
  }
  return archives;
}

async function archiveOf(files: readonly ArchiveFile[]): Promise<Archive> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of gzipStored(tarOf(files))) {
    hash.update(chunk);
    size += chunk.length;
  }
  const source: BlobSource = { open: (start, end) => part(gzipStored(tarOf(files)), start, end, size) };
  return { digest: `sha256:${hash.digest("hex")}`, size, source };
}
