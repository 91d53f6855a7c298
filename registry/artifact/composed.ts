import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { composedOf, composeLocked } from "../../model/compose/compose-locked.ts";
import type { LockedApp } from "../../model/locked-app/index.ts";
import type { ContentCache } from "../content-cache.ts";

export interface ComposedApp {
  lockedApp: LockedApp;
  /** The binaries that were made, by digest. */
  binaries: Map<string, Uint8Array>;
}

/** Composes each component that has dependencies, one after another: only one is in memory with all its parts. */
export async function composedApp(
  app: LockedApp,
  fileOf: (digest: string) => string | undefined,
): Promise<ComposedApp> {
  const binaries = new Map<string, Uint8Array>();
  const components: LockedApp["components"] = [];
  for (const component of app.components) {
    const parts = new Map<string, Uint8Array>();
    for (const digest of composedOf(component)) parts.set(digest, await readFile(fileOf(digest) ?? ""));
    if (parts.size === 0) {
      components.push(component);
      continue;
    }
    const composed = composeLocked(component, (digest) => parts.get(digest) ?? new Uint8Array());
    binaries.set(composed.digest, composed.bytes);
    components.push(composed.component);
  }
  return { lockedApp: { ...app, components }, binaries };
}

/** The same, with the binaries in the cache; returns where those are. */
export async function composeIntoCache(
  app: LockedApp,
  files: ReadonlyMap<string, string>,
  cache: ContentCache,
): Promise<{ lockedApp: LockedApp; files: Map<string, string> }> {
  const { lockedApp, binaries } = await composedApp(app, (digest) => files.get(digest));
  const all = new Map(files);
  for (const [digest, bytes] of binaries) {
    const found = await cache.file(digest);
    if (found === undefined) await cache.write(digest, Readable.from([bytes]), bytes.length);
    all.set(digest, cache.path(digest));
  }
  return { lockedApp, files: all };
}
