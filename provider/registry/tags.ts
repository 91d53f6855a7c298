/** The tags of an artifact: what they lead to, where they are moved, and when they go. */
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import type { Repository } from "../../registry/client/index.ts";

/** Those of the tags that lead to the digest. */
export async function tagsOn(
  repository: Repository,
  digest: string,
  tags: readonly string[],
): Promise<string[]> {
  const found = await Promise.all(tags.map(async (tag) => (await repository.resolve(tag))?.digest));
  return tags.filter((_, index) => found[index] === digest);
}

/** Lets the tags lead to a manifest that is there. Bytes go to the registry only for a tag that leads elsewhere. */
export async function moveTags(
  repository: Repository,
  digest: string,
  tags: readonly string[],
): Promise<void> {
  const there = await tagsOn(repository, digest, tags);
  const wanted = tags.filter((tag) => !there.includes(tag));
  if (wanted.length === 0) return;
  const manifest = await repository.manifest(digest);
  if (manifest === undefined) {
    const name = `${repository.registry}/${repository.repository}@${digest}`;
    throw new SpinError("ERR_SPIN_REGISTRY_NOT_FOUND", `${name} is gone while its tags were to be set.`);
  }
  for (const tag of wanted) await repository.putManifest(tag, manifest);
}

/**
 * Takes the tags away, but for one that leads to something else by now. Gives those that stay because this registry deletes
 * no tags: there only deleting the manifest takes them away.
 */
export async function removeTags(
  repository: Repository,
  digests: readonly string[],
  tags: readonly string[],
): Promise<string[]> {
  const staying: string[] = [];
  for (const tag of tags) {
    const digest = (await repository.resolve(tag))?.digest;
    if (digest === undefined || !digests.includes(digest)) continue;
    await repository.deleteTag(tag).catch((error: unknown) => {
      if (!isSpinError(error) || error.code !== "ERR_SPIN_REGISTRY_UNSUPPORTED") throw error;
      staying.push(tag);
    });
  }
  return staying;
}

/** What tags that are not `own` lead to: deleting goes by digest, and would take those tags along. */
export async function taggedByOthers(
  repository: Repository,
  own: readonly string[],
): Promise<ReadonlySet<string>> {
  const digests = new Set<string>();
  for (const tag of await repository.tags()) {
    if (own.includes(tag)) continue;
    const digest = (await repository.resolve(tag))?.digest;
    if (digest !== undefined) digests.add(digest);
  }
  return digests;
}
