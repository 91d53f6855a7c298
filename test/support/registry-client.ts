import { parseReference, planArtifact } from "../../model/artifact/index.ts";
import { digestOf } from "../../model/digest.ts";
import { contentRefOf, type LockedApp } from "../../model/locked-app/index.ts";
import type { BlobSource, Repository } from "../../registry/client/index.ts";
import { RegistryClient, type RegistryOptions } from "../../registry/client/index.ts";
import type { Access } from "../../registry/auth/index.ts";

/** Patience of milliseconds, and nobody's credentials. */
export const quickly: RegistryOptions = {
  retry: { firstWaitMs: 1, longestWaitMs: 2 },
  credential: async () => undefined,
};

export function repositoryOf(
  host: string,
  {
    name = "acme/shop",
    access = "push",
    ...options
  }: RegistryOptions & { name?: string; access?: Access } = {},
): Repository {
  return new RegistryClient({ ...quickly, ...options }).repository(parseReference(`${host}/${name}`), access);
}

/** A small application: one binary, one file. */
export function smallApp(): {
  plan: ReturnType<typeof planArtifact>;
  open: (it: { digest: string }) => BlobSource;
} {
  const [wasm, page] = [Buffer.alloc(100_000, 1), Buffer.alloc(500, 2)];
  const lockedApp: LockedApp = {
    spin_lock_version: 0,
    metadata: { name: "shop" },
    triggers: [],
    components: [
      {
        id: "shop",
        source: { content_type: "application/wasm", ...contentRefOf(wasm) },
        files: [{ ...contentRefOf(page), path: "index.html" }],
      },
    ],
  };
  const blobs = new Map([wasm, page].map((bytes) => [digestOf(bytes), bytes]));
  const sizes = new Map([...blobs].map(([digest, { length }]) => [digest, length]));
  const open = ({ digest }: { digest: string }): BlobSource => sourceOf(blobs.get(digest)!);
  return { plan: planArtifact({ lockedApp, sizes }), open };
}

export function sourceOf(bytes: Buffer): BlobSource {
  return { open: (start, end) => bytes.subarray(start, end) };
}

export async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
