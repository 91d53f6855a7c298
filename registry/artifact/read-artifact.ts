/** The first steps of everything that reads an artifact: its manifest, what kind it is, its locked application. */
import {
  type ImageManifest,
  parseImageManifest,
  readArtifact,
  readLockedApp,
  type SpinArtifact,
  type StoredManifest,
} from "../../model/artifact/index.ts";
import { SpinError } from "../../model/errors/index.ts";
import type { LockedApp } from "../../model/locked-app/index.ts";
import type { Repository } from "../client/index.ts";

export interface FetchedArtifact {
  manifest: StoredManifest;
  parsed: ImageManifest;
  artifact: SpinArtifact;
  /** Not for a package of one component. */
  lockedApp?: { app: LockedApp; bytes: Buffer };
}

/** No application comes near this. */
const lockedAppLimitBytes = 16 * 1024 * 1024;

export async function mustGetManifest(repository: Repository, target: string): Promise<StoredManifest> {
  const manifest = await repository.manifest(target);
  if (manifest !== undefined) return manifest;
  const { registry, repository: name } = repository;
  const where = target.includes(":") ? `${registry}/${name}@${target}` : `${registry}/${name}:${target}`;
  throw new SpinError("ERR_SPIN_REGISTRY_NOT_FOUND", `There is no ${where}.`);
}

export async function fetchArtifact(repository: Repository, target: string): Promise<FetchedArtifact> {
  const manifest = await mustGetManifest(repository, target);
  const parsed = parseImageManifest(manifest.bytes, manifest.mediaType || undefined);
  const artifact = readArtifact(parsed);
  if (parsed.kind === "index") throw new TypeError("An index is no artifact.");
  if (artifact.kind === "package") return { manifest, parsed, artifact };
  const bytes = await repository.blobBytes(artifact.lockedApp, lockedAppLimitBytes);
  return { manifest, parsed, artifact, lockedApp: { app: readLockedApp(bytes, artifact), bytes } };
}
