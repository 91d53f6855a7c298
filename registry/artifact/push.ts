import type { ArtifactPlan, Descriptor } from "../../model/artifact/index.ts";
import type { BlobSource, Repository } from "../client/index.ts";
import { inParallel } from "../in-parallel.ts";
import { defaultConcurrency, type OnProgress } from "./progress.ts";

export interface PushOptions {
  /** The bytes of a binary, a file or an archive of the plan. */
  open(descriptor: Descriptor): BlobSource;
  /** Each leads to the artifact afterwards. None: only its digest does. */
  tags: readonly string[];
  /** A repository of the same registry that may have some of the blobs. */
  mountFrom?: string;
  concurrency?: number;
  onProgress?: OnProgress;
}

export interface Pushed {
  digest: string;
  /** Bytes of blobs that went to the registry; 0 when it had all. */
  uploadedBytes: number;
}

/** Blobs first, then the manifest, then its tags: what a tag leads to is always whole. Doing it again changes nothing. */
export async function pushArtifact(
  repository: Repository,
  plan: ArtifactPlan,
  options: PushOptions,
): Promise<Pushed> {
  const { manifest } = plan;
  const { tags, concurrency = defaultConcurrency } = options;
  let uploadedBytes = 0;
  const isThere = (await repository.resolve(manifest.digest)) !== undefined;
  if (!isThere) {
    const own = new Map([plan.lockedApp, plan.config].map((it) => [it.descriptor.digest, it.bytes]));
    const blobs = [...plan.content, plan.lockedApp.descriptor, plan.config.descriptor];
    await inParallel(largestFirst(distinct(blobs)), concurrency, async (descriptor) => {
      const bytes = own.get(descriptor.digest);
      const source = bytes === undefined ? options.open(descriptor) : inMemory(bytes);
      const sentBytes = await pushOne(repository, descriptor, source, options);
      uploadedBytes += sentBytes;
    });
    if (tags.length === 0) await repository.putManifest(manifest.digest, manifest);
  }
  for (const tag of tags) {
    const isMoved = !isThere || (await repository.resolve(tag))?.digest !== manifest.digest;
    if (isMoved) await repository.putManifest(tag, manifest);
  }
  return { digest: manifest.digest, uploadedBytes };
}

async function pushOne(
  repository: Repository,
  descriptor: Descriptor,
  source: BlobSource,
  { mountFrom, onProgress }: PushOptions,
): Promise<number> {
  const tell = (state: "started" | "moving", doneBytes: number): void =>
    onProgress?.({ descriptor, state, doneBytes });
  tell("started", 0);
  const outcome = await repository.pushBlob(descriptor, source, {
    ...(mountFrom === undefined ? {} : { mountFrom }),
    ...(onProgress === undefined ? {} : { onProgress: (doneBytes) => tell("moving", doneBytes) }),
  });
  const state = outcome === "uploaded" ? "done" : outcome;
  onProgress?.({ descriptor, state, doneBytes: descriptor.size });
  return outcome === "uploaded" ? descriptor.size : 0;
}

export function inMemory(bytes: Uint8Array): BlobSource {
  return { open: (start, end) => bytes.subarray(start, end) };
}

/** The same bytes under two media types are one blob. */
export function distinct(blobs: readonly Descriptor[]): Descriptor[] {
  return [...new Map(blobs.map((it) => [it.digest, it])).values()];
}

/** So that no large one is left alone at the end. */
export function largestFirst(blobs: readonly Descriptor[]): Descriptor[] {
  return [...blobs].sort((a, b) => b.size - a.size);
}
