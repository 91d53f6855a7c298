import { isTag } from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { byCodeUnit } from "../../model/json.ts";
import { discard, protocolFailure, readBody } from "../http/index.ts";
import { nextPage } from "./pages.ts";
import { deleteManifest, resolveManifest } from "./manifests.ts";
import type { Room } from "./room.ts";

const pageLimitBytes = 8 * 1024 * 1024;

/** All tags, in the registry's order; none for a repository that is not there. */
export async function listTags(room: Room): Promise<string[]> {
  const tags: string[] = [];
  let target: string | URL | undefined = "tags/list?n=1000";
  for (const seen = new Set<string>(); target !== undefined;) {
    const answer = await room.send({ method: "GET", target, expect: [200, 404] });
    if (answer.status === 404) {
      await discard(answer);
      return tags;
    }
    const bytes = await readBody(answer, pageLimitBytes);
    tags.push(...tagsIn(bytes, answer.url));
    target = nextPage(answer, seen);
  }
  return tags;
}

/** The tag alone, where the registry can: many delete by digest only, which takes all tags of it along. */
export async function deleteTag(room: Room, tag: string): Promise<boolean> {
  const answer = await room.send({
    method: "DELETE",
    target: `manifests/${tag}`,
    expect: [200, 202, 204, 400, 404, 405],
  });
  await discard(answer);
  if (answer.status === 404) return false;
  if (answer.status < 300) return true;
  throw new SpinError(
    "ERR_SPIN_REGISTRY_UNSUPPORTED",
    `${room.name} does not delete tags (${answer.status}).`,
  );
}

export interface Retention {
  /** Tags that this retention answers for; no other one is touched. */
  isOwned(tag: string): boolean;
  /** Of those, which stay. */
  keep: readonly string[];
  /** Digests that run somewhere. */
  protect?: readonly string[];
}

/**
 * Deletes what owned tags lead to, but for what is kept, protected, or has a tag of somebody else: deleting goes by
 * digest, and would take that one along. Gives the digests that are gone.
 */
export async function retain(room: Room, { isOwned, keep, protect = [] }: Retention): Promise<string[]> {
  const doomed = new Set<string>();
  const kept = new Set(protect);
  for (const tag of await listTags(room)) {
    const digest = (await resolveManifest(room, tag))?.digest;
    if (digest !== undefined) (isOwned(tag) && !keep.includes(tag) ? doomed : kept).add(digest);
  }
  const gone = [...doomed].filter((digest) => !kept.has(digest)).sort(byCodeUnit);
  for (const digest of gone) await deleteManifest(room, digest);
  return gone;
}

/** `null` is what docker-registry says when the last tag went. */
function tagsIn(bytes: Buffer | undefined, url: URL): string[] {
  try {
    const { tags } = JSON.parse(bytes?.toString("utf8") ?? "") as { tags?: unknown };
    if (tags === null || tags === undefined) return [];
    if (Array.isArray(tags))
      return tags.filter((tag): tag is string => typeof tag === "string" && isTag(tag));
  } catch {
    // Said below.
  }
  throw protocolFailure(url, "its list of tags is no list");
}
