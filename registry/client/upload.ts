/** Blobs to a registry: not when it has them, from another repository where it can, resumed where a connection broke. */
import type { Descriptor } from "../../model/artifact/index.ts";
import { repositoryScope } from "../auth/index.ts";
import { type Answer, discard, failureOf, protocolFailure, waitFor } from "../http/index.ts";
import { transient } from "../http/transience.ts";
import { targetUrl } from "./address.ts";
import { hasBlob } from "./download.ts";
import type { Room } from "./room.ts";

export interface BlobSource {
  /**
   * The bytes from `start` up to `end`, not included. Called again when a part has to be sent again. A chunk need not be
   * valid after the next one was asked for.
   */
  open(start: number, end: number): AsyncIterable<Uint8Array> | Uint8Array;
}

export interface PushBlobOptions {
  /** A repository of the same registry that has it. */
  mountFrom?: string;
  /** Bytes that the registry has confirmed or taken. */
  onProgress?: (doneBytes: number) => void;
}

export type PushOutcome = "exists" | "mounted" | "uploaded";

/** For registries, or proxies before them, that say 413 to a whole blob. */
const smallChunkBytes = 8 * 1024 * 1024;
const progressBytes = 16 * 1024;

interface Session {
  location: URL;
  /** How much of the blob the registry has. */
  offset: number;
  smallestChunkBytes: number;
}

export async function pushBlob(
  room: Room,
  descriptor: Descriptor,
  source: BlobSource,
  options: PushBlobOptions = {},
): Promise<PushOutcome> {
  const { digest, size } = descriptor;
  if (await hasBlob(room, digest)) return "exists";
  const first = await begin(room, digest, options.mountFrom);
  if (first === "mounted") return "mounted";
  let session: Session | undefined = first;
  let { chunkBytes } = room;
  for (let attempt = 1; ; attempt++) {
    try {
      if (session === undefined) {
        // The last answer may have been lost after the registry had everything.
        if (await hasBlob(room, digest)) return "uploaded";
        session = (await begin(room, digest)) as Session;
      }
      const isDone = await sendRest(room, session, { digest, size, source, chunkBytes, ...options });
      if (isDone) return "uploaded";
      chunkBytes = smallChunkBytes;
      session = undefined;
    } catch (error) {
      const before = session?.offset ?? 0;
      if (!(await waitFor(error, attempt, room.policy, room.signal))) throw error;
      session = session && (await resume(room, session));
      if ((session?.offset ?? 0) - before >= progressBytes) attempt = 0;
    }
  }
}

async function begin(room: Room, digest: string, mountFrom?: string): Promise<Session | "mounted"> {
  const query =
    mountFrom === undefined ? "" : `?${new URLSearchParams({ mount: digest, from: mountFrom }).toString()}`;
  const answer = await room.send({
    method: "POST",
    target: `blobs/uploads/${query}`,
    // Mounting reads there, and the token must say so.
    ...(mountFrom === undefined ? {} : { scopes: [repositoryScope(mountFrom, "pull")] }),
    body: { sizeBytes: 0, open: () => new Uint8Array() },
    expect: mountFrom === undefined ? [202] : [201, 202],
  });
  await discard(answer);
  if (answer.status === 201) return "mounted";
  const smallestChunkBytes = Number(answer.header("oci-chunk-min-length")) || 0;
  return { location: locationOf(answer), offset: 0, smallestChunkBytes };
}

interface Rest extends PushBlobOptions {
  digest: string;
  size: number;
  source: BlobSource;
  chunkBytes: number | undefined;
}

/** False when the registry wants smaller parts. */
async function sendRest(room: Room, session: Session, rest: Rest): Promise<boolean> {
  const { size, chunkBytes } = rest;
  if (session.offset === 0 && chunkBytes === undefined) return finish(room, session, rest, size);
  const step = Math.max(chunkBytes ?? size, session.smallestChunkBytes, 1);
  while (session.offset < size) {
    const end = Math.min(session.offset + step, size);
    if (!(await sendChunk(room, session, rest, end))) return false;
    rest.onProgress?.(session.offset);
  }
  return finish(room, session, rest, 0);
}

async function sendChunk(room: Room, session: Session, { source }: Rest, end: number): Promise<boolean> {
  const { offset, location } = session;
  const answer = await room.send({
    method: "PATCH",
    target: location,
    headers: { "content-type": "application/octet-stream", "content-range": `${offset}-${end - 1}` },
    body: { sizeBytes: end - offset, open: () => source.open(offset, end) },
    expect: [202, 204, 413, 416],
    isRetried: false,
  });
  if (answer.status === 416) throw transient(await failureOf(answer));
  await discard(answer);
  if (answer.status === 413) return false;
  session.location = locationOf(answer);
  session.offset = end;
  return true;
}

/** Ends an upload with as many bytes as are left: all of them, or none. */
async function finish(
  room: Room,
  session: Session,
  { digest, source, onProgress }: Rest,
  sizeBytes: number,
): Promise<boolean> {
  const url = new URL(session.location);
  url.searchParams.set("digest", digest);
  const answer = await room.send({
    method: "PUT",
    target: url,
    headers: { "content-type": "application/octet-stream" },
    body: {
      sizeBytes,
      open: () => (sizeBytes === 0 ? new Uint8Array() : counted(source.open(0, sizeBytes), onProgress)),
    },
    expect: [201, 413],
    isRetried: false,
  });
  await discard(answer);
  return answer.status === 201;
}

function counted(
  bytes: AsyncIterable<Uint8Array> | Uint8Array,
  onProgress?: (doneBytes: number) => void,
): AsyncIterable<Uint8Array> | Uint8Array {
  return onProgress === undefined || bytes instanceof Uint8Array ? bytes : telling(bytes, onProgress);
}

/** Tells what was taken from a source so far: what is on its way, not what has arrived. */
async function* telling(
  bytes: AsyncIterable<Uint8Array>,
  onProgress: (doneBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of bytes) {
    yield chunk;
    onProgress((done += chunk.length));
  }
}

/** What the registry has of an upload; `undefined` when it has forgotten it, or does not say how much. */
async function resume(room: Room, session: Session): Promise<Session | undefined> {
  const answer = await room.send({
    method: "GET",
    target: session.location,
    expect: [200, 202, 204, 400, 404, 405, 416],
  });
  await discard(answer);
  const last = /^(?:bytes=)?0-(\d+)$/.exec(answer.header("range") ?? "")?.[1];
  // "0-0" may mean nothing or one byte.
  if (answer.status >= 400 || last === undefined || last === "0") return undefined;
  const location = answer.header("location");
  return {
    ...session,
    location: location === undefined ? session.location : targetUrl(location, answer.url),
    offset: Number(last) + 1,
  };
}

function locationOf(answer: Answer): URL {
  const location = answer.header("location");
  if (location === undefined)
    throw protocolFailure(answer.url, "it accepted an upload and does not say where to send it");
  return targetUrl(location, answer.url);
}
