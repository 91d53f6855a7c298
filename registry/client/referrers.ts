/** What belongs to a manifest: signatures, SBOMs (distribution-spec, "Listing Referrers"). By the API, or by the tag before it. */
import {
  type Descriptor,
  type ImageIndex,
  manifestLimitBytes,
  mediaTypes,
  parseImageManifest,
  type StoredManifest,
  writeImageIndex,
} from "../../model/artifact/index.ts";
import { discard, protocolFailure, readBody } from "../http/index.ts";
import { getManifest, putManifest } from "./manifests.ts";
import { nextPage } from "./pages.ts";
import type { Room } from "./room.ts";

/** Those of one artifact type, or all. The type that an entry claims may be wrong; the manifest it names decides. */
export async function listReferrers(
  room: Room,
  digest: string,
  artifactType?: string,
): Promise<Descriptor[]> {
  const found = (await fromApi(room, digest)) ?? (await fallbackIndex(room, digest))?.manifests ?? [];
  return artifactType === undefined ? found : found.filter((it) => it.artifactType === artifactType);
}

/** Puts a manifest with a subject, and lists it under its subject where the registry does not do so. */
export async function putReferrer(room: Room, manifest: StoredManifest): Promise<void> {
  const { knowsSubject } = await putManifest(room, manifest.digest, manifest);
  if (knowsSubject) return;
  const parsed = parseImageManifest(manifest.bytes, manifest.mediaType);
  const subject = parsed.subject?.digest;
  if (subject === undefined) throw new TypeError("A referrer has a subject.");
  const type = parsed.kind === "manifest" ? (parsed.artifactType ?? parsed.config.mediaType) : undefined;
  await inTurn(`${room.name}@${subject}`, () =>
    listUnder(room, subject, {
      mediaType: manifest.mediaType,
      digest: manifest.digest,
      size: manifest.bytes.length,
      annotations: parsed.annotations,
      ...(type === undefined ? {} : { artifactType: type }),
    }),
  );
}

const turns = new Map<string, Promise<void>>();

/** Writers of one list within this process wait for each other. */
function inTurn(key: string, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
  turns.set(key, turn);
  const forget = (): void => {
    if (turns.get(key) === turn) turns.delete(key);
  };
  turn.then(forget, forget);
  return turn;
}

const writers = 5;

/** Registries ignore If-Match, so writers elsewhere may overwrite this one: whoever is missing afterwards tries again. */
async function listUnder(room: Room, subject: string, entry: Descriptor): Promise<void> {
  for (let attempt = 0; attempt < writers; attempt++) {
    const listed = (await fallbackIndex(room, subject))?.manifests ?? [];
    if (listed.some(({ digest }) => digest === entry.digest)) return;
    await putManifest(room, fallbackTag(subject), writeImageIndex([...listed, entry]));
  }
  const listed = (await fallbackIndex(room, subject))?.manifests ?? [];
  if (!listed.some(({ digest }) => digest === entry.digest))
    throw protocolFailure(
      new URL(`https://${room.name}`),
      "its list of referrers does not keep what is written to it",
    );
}

/** `undefined` where there is no such API. */
async function fromApi(room: Room, digest: string): Promise<Descriptor[] | undefined> {
  const found: Descriptor[] = [];
  let target: string | URL | undefined = `referrers/${digest}`;
  for (const seen = new Set<string>(); target !== undefined;) {
    const answer = await room.send({ method: "GET", target, expect: [200, 400, 404, 405] });
    const type = answer.header("content-type")?.split(";")[0];
    if (answer.status !== 200 || type !== mediaTypes.imageIndex) {
      await discard(answer);
      return undefined;
    }
    const bytes = await readBody(answer, manifestLimitBytes);
    if (bytes === undefined) throw protocolFailure(answer.url, "its list of referrers is too large");
    const index = parseImageManifest(bytes, mediaTypes.imageIndex);
    if (index.kind === "index") found.push(...index.manifests);
    target = nextPage(answer, seen);
  }
  return found;
}

async function fallbackIndex(room: Room, digest: string): Promise<ImageIndex | undefined> {
  const stored = await getManifest(room, fallbackTag(digest));
  const index = stored && parseImageManifest(stored.bytes, stored.mediaType);
  return index?.kind === "index" ? index : undefined;
}

function fallbackTag(digest: string): string {
  return digest.replace(":", "-");
}
