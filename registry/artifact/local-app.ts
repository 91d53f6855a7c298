/** A manifest on this machine as a plan, with the files that its blobs are in. */
import { open } from "node:fs/promises";
import {
  type ArtifactPlan,
  type Descriptor,
  needsArchives,
  planArtifact,
} from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import { type LockedApp, lockManifest } from "../../model/locked-app/index.ts";
import type { NormalManifest } from "../../model/manifest/index.ts";
import type { BlobSource } from "../client/index.ts";
import { ContentCache } from "../content-cache.ts";
import { fileBytes } from "../file-bytes.ts";
import { fetchComponent } from "../fetch-component.ts";
import { localContent } from "../local-content/index.ts";
import { archivesOf } from "./archives.ts";
import { composedApp } from "./composed.ts";
import { inMemory } from "./push.ts";

export interface LocalAppOptions {
  profile?: string;
  annotations?: Record<string, string>;
  created?: string;
  /** Files in one archive for each component, as Spin does above 499 layers. Default: only then. */
  isArchived?: boolean;
  /** Each component with its dependencies as one binary. Default: true, as in Spin. */
  isComposed?: boolean;
  cache?: ContentCache;
}

export interface LocalArtifact {
  plan: ArtifactPlan;
  open(descriptor: Descriptor): BlobSource;
  lockedApp: LockedApp;
  /** Where a binary or file of that digest lies. */
  fileOf(digest: string): string | undefined;
}

/** Files are read where they lie; binaries at a URL are fetched into the cache. */
export async function planLocalApp(
  manifest: NormalManifest,
  root: string,
  {
    profile,
    annotations,
    created,
    isArchived,
    isComposed = true,
    cache = new ContentCache(),
  }: LocalAppOptions = {},
): Promise<LocalArtifact> {
  const content = await localContent(manifest, root);
  const files = new Map(
    [...content.blobs].map(([digest, { file, sizeBytes }]) => [digest, { file, sizeBytes }]),
  );
  for (const [digest, url] of content.remotes) {
    const { length } = await fetchComponent({ url, digest }, { cache });
    const file = await cache.file(digest);
    if (file !== undefined) files.set(digest, { file, sizeBytes: length });
  }
  const lockedApp = lockManifest(manifest, content, profile === undefined ? {} : { profile });
  for (const { id, source } of lockedApp.components) {
    const file = files.get(source.digest ?? "")?.file;
    if (file !== undefined) await expectWasm(file, id);
  }
  const fileOf = (digest: string): string | undefined => files.get(digest)?.file;
  const composed = isComposed
    ? await composedApp(lockedApp, fileOf)
    : { lockedApp, binaries: new Map<string, Uint8Array>() };
  const sizes = new Map([...files].map(([digest, { sizeBytes }]) => [digest, sizeBytes]));
  for (const [digest, { length }] of composed.binaries) sizes.set(digest, length);
  const archives =
    (isArchived ?? needsArchives(composed.lockedApp))
      ? await archivesOf(lockedApp, content.blobs)
      : undefined;
  const made = new Map([...(archives?.values() ?? [])].map((it) => [it.digest, it.source]));
  for (const [digest, bytes] of composed.binaries) made.set(digest, inMemory(bytes));
  const plan = planArtifact({
    lockedApp: composed.lockedApp,
    sizes,
    ...(archives === undefined ? {} : { archives }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(created === undefined ? {} : { created }),
  });
  const open = ({ digest }: Descriptor): BlobSource => made.get(digest) ?? fromFile(fileOf(digest) ?? "");
  return { plan, open, lockedApp, fileOf };
}

export function fromFile(file: string): BlobSource {
  return { open: (start, end) => fileBytes(file, { start, end }) };
}

/** A binary or text: what Spin looks at before it pushes (crates/oci/src/validate.rs). */
async function expectWasm(file: string, id: string): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const head = buffer.subarray(0, bytesRead).toString("latin1");
    if (head === "\0asm" || head.startsWith("(")) return;
  } finally {
    await handle.close();
  }
  throw new SpinError(
    "ERR_SPIN_WASM_MAGIC",
    `The source of the component "${id}", ${file}, is no WebAssembly.`,
  );
}
