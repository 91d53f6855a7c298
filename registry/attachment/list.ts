/** What is attached to a manifest. The list's own words on types are not relied on: cosign lists its bundles as empty ones. */
import { type Descriptor, parseImageManifest } from "../../model/artifact/index.ts";
import { isSpinError } from "../../model/errors/index.ts";
import type { Repository } from "../client/index.ts";
import { inParallel } from "../in-parallel.ts";

export interface Attached {
  /** Of the referrer. */
  digest: string;
  artifactType: string;
  annotations: Record<string, string>;
  layers: Descriptor[];
}

/** Whoever may push can attach, so that there is an end to what is looked at. */
const most = 500;
const concurrency = 5;

/** In the registry's order. Entries that lead nowhere, or to no manifest, are left out. */
export async function listAttached(repository: Repository, digest: string): Promise<Attached[]> {
  const entries = (await repository.referrers(digest)).slice(0, most);
  const found = new Map<string, Attached>();
  await inParallel(entries, concurrency, async (entry) => {
    const attached = await readAttached(repository, entry.digest, digest);
    if (attached !== undefined) found.set(entry.digest, attached);
  });
  return entries.flatMap((entry) => found.get(entry.digest) ?? []);
}

async function readAttached(
  repository: Repository,
  digest: string,
  subject: string,
): Promise<Attached | undefined> {
  try {
    const stored = await repository.manifest(digest);
    const manifest = stored && parseImageManifest(stored.bytes, stored.mediaType || undefined);
    if (manifest?.kind !== "manifest" || manifest.subject?.digest !== subject) return undefined;
    const { artifactType, config, annotations, layers } = manifest;
    return { digest, artifactType: artifactType ?? config.mediaType, annotations, layers };
  } catch (error) {
    if (isSpinError(error) && error.code.startsWith("ERR_SPIN_ARTIFACT_")) return undefined;
    throw error;
  }
}
