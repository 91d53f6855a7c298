/** Blobs from a registry: by size and digest, resumed where a connection broke. */
import { createHash } from "node:crypto";
import type { Descriptor } from "../../model/artifact/index.ts";
import { digestOf } from "../../model/digest.ts";
import { SpinError } from "../../model/errors/index.ts";
import { type Answer, connectionFailure, discard, protocolFailure, waitFor } from "../http/index.ts";
import { transient } from "../http/transience.ts";
import type { Room } from "./room.ts";

export async function hasBlob(room: Room, digest: string): Promise<boolean> {
  const answer = await room.send({ method: "HEAD", target: `blobs/${digest}`, expect: [200, 404] });
  await discard(answer);
  return answer.status === 200;
}

/** A connection that gave less than this before it broke brought no progress. */
const progressBytes = 16 * 1024;

/**
 * The bytes as they come, from `start` on, exactly as many as announced. Whoever reads them judges the digest: `ContentCache.write`,
 * `verified`, `blobBytes`. ERR_SPIN_REGISTRY_SIZE, _UNREACHABLE and all that a status says.
 */
export async function* blobStream(room: Room, descriptor: Descriptor, start = 0): AsyncGenerator<Buffer> {
  const { digest, size } = descriptor;
  let offset = start;
  if (start > 0 && start >= size) return;
  for (let attempt = 1; ; attempt++) {
    const before = offset;
    try {
      const answer = await request(room, descriptor, offset);
      for await (const chunk of bodyFrom(answer, offset)) {
        offset += chunk.length;
        if (offset > size) {
          answer.body.destroy();
          throw wrongSize(room, digest, `more than the ${size} bytes that its manifest announces`);
        }
        yield chunk;
      }
      if (offset === size) return;
      throw transient(wrongSize(room, digest, `${offset} of the ${size} bytes that its manifest announces`));
    } catch (error) {
      if (offset - before >= progressBytes) attempt = 0;
      if (!(await waitFor(error, Math.max(1, attempt), room.policy, room.signal))) throw error;
    }
  }
}

/** Passes bytes on and holds the last of them back until the digest is right: nobody ends up with a whole wrong blob. */
export async function* verified(bytes: AsyncIterable<Buffer>, digest: string): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let held: Buffer | undefined;
  for await (const chunk of bytes) {
    hash.update(chunk);
    if (held !== undefined) yield held;
    held = chunk;
  }
  const found = `sha256:${hash.digest("hex")}`;
  if (found !== digest) throw wrongDigest(digest, found);
  if (held !== undefined) yield held;
}

/** A small blob as a whole, verified. */
export async function blobBytes(room: Room, descriptor: Descriptor, limitBytes: number): Promise<Buffer> {
  if (descriptor.size > limitBytes)
    throw wrongSize(room, descriptor.digest, `${descriptor.size} bytes, and ${limitBytes} are allowed`);
  const chunks: Buffer[] = [];
  for await (const chunk of blobStream(room, descriptor)) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const found = digestOf(bytes);
  if (found !== descriptor.digest) throw wrongDigest(descriptor.digest, found);
  return bytes;
}

/** A part of a blob, which no digest vouches for. `undefined` where the registry serves no ranges. */
export async function blobRange(
  room: Room,
  { digest, size }: Descriptor,
  start: number,
  length: number,
): Promise<Buffer | undefined> {
  const end = Math.min(start + length, size) - 1;
  const answer = await room.send({
    method: "GET",
    target: `blobs/${digest}`,
    headers: { range: `bytes=${start}-${end}` },
    expect: [200, 206],
  });
  if (answer.status === 200) {
    answer.body.destroy();
    return undefined;
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of bodyFrom(answer, start)) {
    sizeBytes += chunk.length;
    if (sizeBytes > length) break;
    chunks.push(chunk);
  }
  if (sizeBytes !== end - start + 1) throw wrongSize(room, digest, `another range than ${start}-${end}`);
  return Buffer.concat(chunks);
}

async function request(room: Room, { digest, size }: Descriptor, offset: number): Promise<Answer> {
  const answer = await room.send({
    method: "GET",
    target: `blobs/${digest}`,
    ...(offset === 0 ? {} : { headers: { range: `bytes=${offset}-` } }),
    expect: offset === 0 ? [200] : [200, 206],
    isRetried: false,
  });
  const length = answer.header("content-length");
  const expected = answer.status === 206 ? size - offset : size;
  if (length === undefined || Number(length) === expected) return answer;
  answer.body.destroy();
  throw wrongSize(room, digest, `${length} bytes, where its manifest announces ${expected}`);
}

/** The bytes from `offset` on: a registry without ranges gives those before too, which are dropped. */
async function* bodyFrom(answer: Answer, offset: number): AsyncGenerator<Buffer> {
  let skip = answer.status === 206 ? 0 : offset;
  if (answer.status === 206) {
    const start = /^bytes (\d+)-/.exec(answer.header("content-range") ?? "")?.[1];
    if (Number(start) !== offset) {
      answer.body.destroy();
      throw protocolFailure(answer.url, `it was asked for bytes from ${offset} on and gave others`);
    }
  }
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      const rest = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
  } catch (error) {
    throw connectionFailure(answer.method, answer.url, error);
  }
}

function wrongSize(room: Room, digest: string, problem: string): SpinError {
  return new SpinError("ERR_SPIN_REGISTRY_SIZE", `${room.name}: ${digest} came with ${problem}.`);
}

function wrongDigest(expected: string, found: string): SpinError {
  return new SpinError(
    "ERR_SPIN_REGISTRY_DIGEST",
    `Expected ${expected}, but the bytes that came are ${found}.`,
  );
}
