import { type Descriptor, descriptorOf, mediaTypes, writeImageManifest } from "../../model/artifact/index.ts";
import { inMemory } from "../artifact/push.ts";
import type { Repository } from "../client/index.ts";

export interface Attachment {
  /** What it is, as `oras attach --artifact-type` says it. */
  artifactType: string;
  bytes: Uint8Array;
  /** Of the bytes. Default: the artifact type. */
  mediaType?: string;
  annotations?: Record<string, string>;
}

/** Attaches bytes to a manifest as its referrer, and gives the digest of that. The same bytes twice are one referrer. */
export async function attach(
  repository: Repository,
  subject: Descriptor,
  { artifactType, bytes, mediaType = artifactType, annotations = {} }: Attachment,
): Promise<string> {
  const empty = new TextEncoder().encode("{}");
  const config = descriptorOf(mediaTypes.empty, empty);
  const layer = descriptorOf(mediaType, bytes);
  await repository.pushBlob(config, inMemory(empty));
  await repository.pushBlob(layer, inMemory(bytes));
  const { mediaType: type, digest, size } = subject;
  const manifest = writeImageManifest({
    artifactType,
    config,
    layers: [layer],
    subject: { mediaType: type, digest, size },
    annotations,
  });
  await repository.putReferrer(manifest);
  return manifest.digest;
}
