/** The same bytes in another place: mounted within a registry, streamed between two, never through a file. */
import { type Descriptor, parseImageManifest, type StoredManifest } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import type { BlobSource, Repository } from "../client/index.ts";
import { inParallel } from "../in-parallel.ts";
import { defaultConcurrency, type OnProgress } from "./progress.ts";
import { distinct, largestFirst } from "./push.ts";
import { part } from "./part.ts";
import { mustGetManifest } from "./read-artifact.ts";

export interface CopyOptions {
  tags: readonly string[];
  /** Default: true. Signatures and SBOMs belong to what they were made for, and go along. */
  referrers?: boolean;
  concurrency?: number;
  onProgress?: OnProgress;
}

export interface Copied {
  digest: string;
  sizeBytes: number;
  /** How many manifests went along as referrers. */
  referrers: number;
}

/** Where cosign 2 keeps signatures, attestations and SBOMs: under a tag that names the digest. */
const cosignSuffixes = ["sig", "att", "sbom"];

/** Deeper than an index of manifests with signatures that are signed, nothing honest goes. */
const deepest = 4;

export async function copyArtifact(
  from: Repository,
  to: Repository,
  target: string,
  options: CopyOptions,
): Promise<Copied> {
  const manifest = await mustGetManifest(from, target);
  const sizeBytes = await copyManifest(from, to, manifest, options, 0);
  const referrers =
    (options.referrers ?? true)
      ? (await copyReferrers(from, to, manifest.digest, options, 1)) +
        (await copyCosignTags(from, to, manifest.digest, options))
      : 0;
  for (const tag of options.tags) await to.putManifest(tag, manifest);
  return { digest: manifest.digest, sizeBytes, referrers };
}

/** With all that it names. Gives the bytes of it all. */
async function copyManifest(
  from: Repository,
  to: Repository,
  manifest: StoredManifest,
  options: CopyOptions,
  depth: number,
): Promise<number> {
  if (depth > deepest)
    throw new SpinError(
      "ERR_SPIN_ARTIFACT_MANIFEST",
      `${manifest.digest} nests manifests more than ${deepest} deep.`,
    );
  const parsed = parseImageManifest(manifest.bytes, manifest.mediaType || undefined);
  let sizeBytes = manifest.bytes.length;
  if (parsed.kind === "index") {
    for (const { digest } of parsed.manifests)
      sizeBytes += await copyManifest(from, to, await mustGetManifest(from, digest), options, depth + 1);
  } else {
    const blobs = distinct([parsed.config, ...parsed.layers]);
    await inParallel(largestFirst(blobs), options.concurrency ?? defaultConcurrency, (it) =>
      copyBlob(from, to, it, options),
    );
    sizeBytes += blobs.reduce((sum, { size }) => sum + size, 0);
  }
  if (parsed.subject === undefined) await to.putManifest(manifest.digest, manifest);
  else await to.putReferrer(manifest);
  return sizeBytes;
}

async function copyReferrers(
  from: Repository,
  to: Repository,
  digest: string,
  options: CopyOptions,
  depth: number,
): Promise<number> {
  let count = 0;
  for (const referrer of await from.referrers(digest)) {
    const manifest = await mustGetManifest(from, referrer.digest);
    await copyManifest(from, to, manifest, options, depth);
    count += 1 + (depth < deepest ? await copyReferrers(from, to, referrer.digest, options, depth + 1) : 0);
  }
  return count;
}

async function copyCosignTags(
  from: Repository,
  to: Repository,
  digest: string,
  options: CopyOptions,
): Promise<number> {
  let count = 0;
  for (const suffix of cosignSuffixes) {
    const tag = `${digest.replace(":", "-")}.${suffix}`;
    const found = await from.manifest(tag);
    if (found === undefined) continue;
    await copyManifest(from, to, found, options, 1);
    await to.putManifest(tag, found);
    count++;
  }
  return count;
}

async function copyBlob(
  from: Repository,
  to: Repository,
  descriptor: Descriptor,
  { onProgress }: CopyOptions,
): Promise<void> {
  const isSameRegistry = from.registry === to.registry;
  onProgress?.({ descriptor, state: "started", doneBytes: 0 });
  const outcome = await to.pushBlob(descriptor, streamed(from, descriptor), {
    ...(isSameRegistry ? { mountFrom: from.repository } : {}),
    onProgress: (doneBytes) => onProgress?.({ descriptor, state: "moving", doneBytes }),
  });
  onProgress?.({ descriptor, state: outcome === "uploaded" ? "done" : outcome, doneBytes: descriptor.size });
}

/** From one registry into the other; the part that has to be sent again is fetched again. */
function streamed(from: Repository, descriptor: Descriptor): BlobSource {
  return { open: (start, end) => part(from.verifiedBlob(descriptor), start, end, descriptor.size) };
}
