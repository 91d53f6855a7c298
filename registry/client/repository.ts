import type { Descriptor, StoredManifest } from "../../model/artifact/index.ts";
import { type Access, repositoryScope } from "../auth/index.ts";
import type { Connection } from "./connection.ts";
import { blobBytes, blobRange, blobStream, hasBlob, verified } from "./download.ts";
import { deleteManifest, getManifest, putManifest, resolveManifest } from "./manifests.ts";
import { listReferrers, putReferrer } from "./referrers.ts";
import type { Room } from "./room.ts";
import { deleteTag, listTags, type Retention, retain } from "./tags.ts";
import { type BlobSource, pushBlob, type PushBlobOptions, type PushOutcome } from "./upload.ts";

export interface RepositoryOptions {
  connection: Connection;
  registry: string;
  repository: string;
  /** What the token shall allow: `push` includes pull. */
  access: Access;
  chunkBytes: number | undefined;
}

/** One repository of a registry. A target is a tag or a digest. What is not there is `undefined` or false, no error. */
export class Repository {
  readonly registry: string;
  readonly repository: string;
  readonly #room: Room;

  constructor({ connection, registry, repository, access, chunkBytes }: RepositoryOptions) {
    this.registry = registry;
    this.repository = repository;
    const own = repositoryScope(repository, access);
    this.#room = {
      name: `${registry}/${repository}`,
      policy: connection.policy,
      signal: connection.signal,
      chunkBytes,
      send: ({ target, scopes = [], ...request }) =>
        connection.send({
          ...request,
          scopes: [own, ...scopes],
          target: typeof target === "string" ? `${repository}/${target}` : target,
        }),
    };
  }

  resolve(target: string): Promise<Descriptor | undefined> {
    return resolveManifest(this.#room, target);
  }

  manifest(target: string): Promise<StoredManifest | undefined> {
    return getManifest(this.#room, target);
  }

  async putManifest(target: string, manifest: StoredManifest): Promise<void> {
    await putManifest(this.#room, target, manifest);
  }

  /** False when it was not there already. */
  deleteManifest(digest: string): Promise<boolean> {
    return deleteManifest(this.#room, digest);
  }

  hasBlob(digest: string): Promise<boolean> {
    return hasBlob(this.#room, digest);
  }

  /** Not verified before its end: write it with `ContentCache.resume`, which judges the digest. */
  blobStream(descriptor: Descriptor, start = 0): AsyncGenerator<Buffer> {
    return blobStream(this.#room, descriptor, start);
  }

  /** Without its last part as long as the digest is not right. */
  verifiedBlob(descriptor: Descriptor): AsyncGenerator<Buffer> {
    return verified(blobStream(this.#room, descriptor), descriptor.digest);
  }

  blobBytes(descriptor: Descriptor, limitBytes: number): Promise<Buffer> {
    return blobBytes(this.#room, descriptor, limitBytes);
  }

  /** Unverified; `undefined` where the registry serves no ranges. */
  blobRange(descriptor: Descriptor, start: number, length: number): Promise<Buffer | undefined> {
    return blobRange(this.#room, descriptor, start, length);
  }

  pushBlob(descriptor: Descriptor, source: BlobSource, options?: PushBlobOptions): Promise<PushOutcome> {
    return pushBlob(this.#room, descriptor, source, options);
  }

  tags(): Promise<string[]> {
    return listTags(this.#room);
  }

  deleteTag(tag: string): Promise<boolean> {
    return deleteTag(this.#room, tag);
  }

  retain(retention: Retention): Promise<string[]> {
    return retain(this.#room, retention);
  }

  referrers(digest: string, artifactType?: string): Promise<Descriptor[]> {
    return listReferrers(this.#room, digest, artifactType);
  }

  putReferrer(manifest: StoredManifest): Promise<void> {
    return putReferrer(this.#room, manifest);
  }
}
