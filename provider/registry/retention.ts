/** What becomes of manifests that an `Artifact` pushed and no longer is. */
import type { Repository } from "../../registry/client/index.ts";
import { taggedByOthers } from "./tags.ts";

/** As many former digests are remembered: what is older is never deleted. */
export const longestHistory = 100;

/** The digests that the resource pushed, the present one last, as many as are kept. */
export function historyWith(former: readonly string[], digest: string, keep = longestHistory): string[] {
  return [...former.filter((it) => it !== digest), digest].slice(-keep);
}

/** Deletes manifests, but for those that tags of others lead to unless that is forced. What is gone already is no failure. */
export async function removeManifests(
  repository: Repository,
  digests: readonly string[],
  { ownTags, isForced = false }: { ownTags: readonly string[]; isForced?: boolean },
): Promise<void> {
  if (digests.length === 0) return;
  const used = isForced ? new Set<string>() : await taggedByOthers(repository, ownTags);
  for (const digest of digests) if (!used.has(digest)) await repository.deleteManifest(digest);
}
