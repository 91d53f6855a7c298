import {
  type Descriptor,
  manifestLimitBytes,
  manifestTypes,
  type StoredManifest,
} from "../../model/artifact/index.ts";
import { digestOf, isDigest } from "../../model/digest.ts";
import { SpinError } from "../../model/errors/index.ts";
import { type Answer, discard, protocolFailure, readBody, shown } from "../http/index.ts";
import type { Room } from "./room.ts";

const accept = { accept: manifestTypes.join(", ") };

/** What a tag or digest leads to, without reading it; `undefined` when there is no such thing. */
export async function resolveManifest(room: Room, target: string): Promise<Descriptor | undefined> {
  const answer = await room.send({
    method: "HEAD",
    target: `manifests/${target}`,
    headers: accept,
    expect: [200, 404],
  });
  await discard(answer);
  if (answer.status === 404) return undefined;
  const digest = answer.header("docker-content-digest");
  const size = Number(answer.header("content-length"));
  const mediaType = typeOf(answer);
  if (digest !== undefined && isDigest(digest) && mediaType !== undefined && Number.isSafeInteger(size)) {
    if (isDigest(target) && digest !== target) throw otherDigest(answer.url, target, digest);
    return { mediaType, digest, size };
  }
  const manifest = await getManifest(room, target);
  return manifest && { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length };
}

/** ERR_SPIN_REGISTRY_DIGEST when it is another one than was asked for or announced. */
export async function getManifest(room: Room, target: string): Promise<StoredManifest | undefined> {
  const answer = await room.send({
    method: "GET",
    target: `manifests/${target}`,
    headers: accept,
    expect: [200, 404],
  });
  if (answer.status === 404) {
    await discard(answer);
    return undefined;
  }
  const bytes = await readBody(answer, manifestLimitBytes);
  if (bytes === undefined) {
    throw new SpinError(
      "ERR_SPIN_ARTIFACT_MANIFEST",
      `${shown(answer.url)} is larger than ${manifestLimitBytes} bytes, which no manifest is.`,
    );
  }
  const digest = digestOf(bytes);
  const announced = isDigest(target) ? target : answer.header("docker-content-digest");
  if (announced !== undefined && isDigest(announced) && announced !== digest)
    throw otherDigest(answer.url, announced, digest);
  return { bytes, digest, mediaType: typeOf(answer) ?? "" };
}

export interface PutOutcome {
  /** The registry keeps the list of referrers by itself. */
  knowsSubject: boolean;
}

export async function putManifest(room: Room, target: string, manifest: StoredManifest): Promise<PutOutcome> {
  const { bytes, mediaType, digest } = manifest;
  const answer = await room.send({
    method: "PUT",
    target: `manifests/${target}`,
    headers: { "content-type": mediaType },
    body: { sizeBytes: bytes.length, open: () => bytes },
    expect: [200, 201, 202],
  });
  await discard(answer);
  const stored = answer.header("docker-content-digest");
  if (stored !== undefined && stored !== digest) throw otherDigest(answer.url, digest, stored);
  return { knowsSubject: answer.header("oci-subject") !== undefined };
}

/** False when it was not there. ERR_SPIN_REGISTRY_UNSUPPORTED where the registry deletes nothing. */
export async function deleteManifest(room: Room, digest: string): Promise<boolean> {
  const answer = await room.send({
    method: "DELETE",
    target: `manifests/${digest}`,
    expect: [200, 202, 204, 404],
  });
  await discard(answer);
  return answer.status !== 404;
}

function typeOf(answer: Answer): string | undefined {
  return answer.header("content-type")?.split(";")[0]?.trim();
}

function otherDigest(url: URL, expected: string, found: string): SpinError {
  return isDigest(found)
    ? new SpinError("ERR_SPIN_REGISTRY_DIGEST", `${shown(url)}: expected ${expected}, and it is ${found}.`)
    : protocolFailure(url, "its Docker-Content-Digest is no digest");
}
