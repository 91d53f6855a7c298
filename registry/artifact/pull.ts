import type { Descriptor } from "../../model/artifact/index.ts";
import type { LockedApp } from "../../model/locked-app/index.ts";
import type { Repository } from "../client/index.ts";
import type { ContentCache } from "../content-cache.ts";
import { inParallel } from "../in-parallel.ts";
import { defaultConcurrency, type OnProgress } from "./progress.ts";
import { distinct, largestFirst } from "./push.ts";
import { fetchArtifact } from "./read-artifact.ts";

export interface PullOptions {
  cache: ContentCache;
  concurrency?: number;
  onProgress?: OnProgress;
}

export interface Pulled {
  digest: string;
  /** Bytes of the manifest and of all that it names. */
  sizeBytes: number;
  /** Bytes of blobs that were fetched; 0 when the cache had all, less than all where an earlier try had begun. */
  fetchedBytes: number;
  /** `undefined` for a package of one component. */
  lockedApp: LockedApp | undefined;
  /** Every blob of the artifact, each in the cache, verified. */
  blobs: Descriptor[];
}

/** Brings an artifact into the cache. What has its name there is whole, whenever it ends; doing it again brings the rest. */
export async function pullArtifact(
  repository: Repository,
  target: string,
  { cache, concurrency = defaultConcurrency, onProgress }: PullOptions,
): Promise<Pulled> {
  const { manifest, parsed, artifact, lockedApp } = await fetchArtifact(repository, target);
  const blobs = distinct([parsed.config, ...parsed.layers]);
  let fetchedBytes = 0;
  await inParallel(largestFirst(blobs), concurrency, async (descriptor) => {
    const { digest, size } = descriptor;
    onProgress?.({ descriptor, state: "started", doneBytes: 0 });
    if ((await cache.file(digest)) !== undefined) {
      onProgress?.({ descriptor, state: "exists", doneBytes: size });
      return;
    }
    // The locked application is here already.
    const isApp = artifact.kind === "application" && digest === artifact.lockedApp.digest;
    const from = (offset: number): AsyncIterable<Uint8Array> =>
      isApp && lockedApp ? once(lockedApp.bytes.subarray(offset)) : repository.blobStream(descriptor, offset);
    const tell = (chunkBytes: number, doneBytes: number): void => {
      fetchedBytes += chunkBytes;
      onProgress?.({ descriptor, state: "moving", doneBytes });
    };
    await cache.resume(digest, (offset) => counted(from(offset), offset, tell), size);
    onProgress?.({ descriptor, state: "done", doneBytes: size });
  });
  await cache.write(manifest.digest, once(manifest.bytes), manifest.bytes.length);
  return {
    digest: manifest.digest,
    sizeBytes: blobs.reduce((sum, { size }) => sum + size, manifest.bytes.length),
    fetchedBytes,
    lockedApp: lockedApp?.app,
    blobs,
  };
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  offset: number,
  tell: (chunkBytes: number, doneBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let doneBytes = offset;
  for await (const chunk of bytes) {
    doneBytes += chunk.length;
    tell(chunk.length, doneBytes);
    yield chunk;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
