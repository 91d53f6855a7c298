/** What `pulumi-spin up` runs: a spin.toml, a binary, or an artifact of a registry. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatReference, type Reference, targetOf } from "../../model/artifact/index.ts";
import { composedOf } from "../../model/compose/compose-locked.ts";
import { SpinError } from "../../model/errors/index.ts";
import { type LockedApp, lockManifest } from "../../model/locked-app/index.ts";
import { normalizeManifest } from "../../model/manifest/index.ts";
import { composeIntoCache, pullArtifact } from "../../registry/artifact/index.ts";
import { ContentCache } from "../../registry/content-cache.ts";
import { fetchComponent } from "../../registry/fetch-component.ts";
import { localContent } from "../../registry/local-content/index.ts";
import { userCache } from "../../registry/user-cache.ts";
import type { CommandLine } from "../command.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";
import { asReference } from "../registry/inspect-reference.ts";
import { withRegistries } from "../registry/open-registries.ts";
import { showProgress } from "../registry/show-progress.ts";

export interface AppSource {
  lockedApp: LockedApp;
  /** Digest → file of each binary. */
  files: Map<string, string>;
  /** Where its data and logs go. */
  directory: string;
}

/** A path wins over a reference; ERR_SPIN_MANIFEST_FILE for a word that is neither. */
export async function findApp(word: string, line: CommandLine): Promise<AppSource> {
  const { lockedApp, files, directory } = await findParts(word, line);
  return { ...(await composeIntoCache(lockedApp, files, new ContentCache())), directory };
}

/** The same with the dependencies of components still apart. */
async function findParts(word: string, line: CommandLine): Promise<AppSource> {
  if (existsSync(word)) return fromManifest(word, line.options.get("profile"));
  const reference = asReference(word);
  if (reference === undefined) throw new SpinError("ERR_SPIN_MANIFEST_FILE", `${word} cannot be read.`);
  return fromRegistry(reference, line);
}

async function fromManifest(path: string, profile: string | undefined): Promise<AppSource> {
  const { manifest, root } = await readManifestFile(path);
  const normal = normalizeManifest(manifest, profile);
  const content = await localContent(normal, root);
  const files = new Map([...content.blobs].map(([digest, { file }]) => [digest, file]));
  const cache = new ContentCache();
  for (const [digest, url] of content.remotes) {
    await fetchComponent({ url, digest }, { cache });
    const file = await cache.file(digest);
    if (file !== undefined) files.set(digest, file);
  }
  const lockedApp = lockManifest(normal, content, profile === undefined ? {} : { profile });
  return { lockedApp, files, directory: join(root, ".spin") };
}

async function fromRegistry(reference: Reference, line: CommandLine): Promise<AppSource> {
  const cache = new ContentCache();
  const { lockedApp, digest } = await withRegistries(line, async (client) => {
    const view = showProgress("pulled");
    const repository = client.repository(reference, "pull");
    return pullArtifact(repository, targetOf(reference), { cache, onProgress: view.onProgress }).finally(() =>
      view.done(),
    );
  });
  if (lockedApp === undefined) {
    throw new SpinError(
      "ERR_SPIN_ARTIFACT_KIND",
      `${formatReference(reference)} is a package of one component, no application.`,
    );
  }
  const files = new Map<string, string>();
  for (const component of lockedApp.components)
    for (const digest of [component.source.digest ?? "", ...composedOf(component)]) {
      const file = await cache.file(digest);
      if (file !== undefined) files.set(digest, file);
    }
  // An artifact has no folder of its own; its repository's data outlives its versions.
  const { registry, repository } = reference;
  const folder = `${registry}/${repository}`.replaceAll(/[^A-Za-z0-9._-]/g, "_");
  return { lockedApp, files, directory: userCache("up", folder || digest.slice(7)) };
}
