/** A locked application and its content as one OCI artifact, exactly as Spin lays it out (crates/oci/src/client.rs). */
import { SpinError } from "../errors/index.ts";
import { canonicalJson } from "../json.ts";
import type { LockedApp } from "../locked-app/index.ts";
import { artifactAnnotations } from "./annotations.ts";
import { canonicalApp } from "./canonical-app.ts";
import { fileContent, layerContent, needsArchives } from "./content.ts";
import { type Descriptor, descriptorOf } from "./descriptor.ts";
import { type StoredManifest, writeImageManifest } from "./manifest.ts";
import { mediaTypes } from "./media-types.ts";

export interface ArtifactInput {
  /** Each binary and each file with its digest. */
  lockedApp: LockedApp;
  /** Bytes of what the digests name. */
  sizes: ReadonlyMap<string, number>;
  /** One archive for each component that has files, by component id; needed when `needsArchives`. */
  archives?: ReadonlyMap<string, { digest: string; size: number }>;
  /** They win over those that follow from the application. */
  annotations?: Record<string, string>;
  /** RFC 3339. Left out where equal applications shall have equal digests. */
  created?: string;
}

export interface PlannedBlob {
  descriptor: Descriptor;
  bytes: Uint8Array;
}

export interface ArtifactPlan {
  manifest: StoredManifest;
  config: PlannedBlob;
  lockedApp: PlannedBlob;
  /** Binaries, then files or archives; the locked application, the last layer, is not among them. */
  content: Descriptor[];
  /** Bytes of the manifest and of everything that it names. */
  sizeBytes: number;
}

/** containerd tells images apart by the digest of the config, so the config must follow the application. */
const lockedAppLabel = "com.fermyon.spin.lockedAppDigest";

/** Equal applications give equal bytes, in whatever order their parts come. ERR_SPIN_ARTIFACT_CONTENT, _PATH, _LAYERS. */
export function planArtifact({
  lockedApp,
  sizes,
  archives,
  annotations,
  created,
}: ArtifactInput): ArtifactPlan {
  const app = canonicalApp(lockedApp);
  if (archives === undefined && needsArchives(app)) {
    throw new SpinError(
      "ERR_SPIN_ARTIFACT_LAYERS",
      "The application has more files than a manifest may have layers, and no archives were given.",
    );
  }
  const content = [
    ...layerContent(app, { isArchived: archives !== undefined }).map((it): Descriptor => {
      const size = sizes.get(it.digest);
      if (size !== undefined) return { mediaType: it.mediaType, digest: it.digest, size };
      throw missing(`${it.role} of the component "${it.componentId}" (${it.digest}) was not given`);
    }),
    ...(archives === undefined ? [] : archiveLayers(app, archives)),
  ];
  const locked = blob(mediaTypes.spinApplication, canonicalJson(app));
  const config = blob(mediaTypes.imageConfig, JSON.stringify(configOf(locked.descriptor.digest)));
  const manifest = writeImageManifest({
    config: config.descriptor,
    layers: [...content, locked.descriptor],
    annotations: artifactAnnotations(app, annotations, created),
  });
  const named = [config.descriptor, locked.descriptor, ...content];
  const sizeBytes = named.reduce((sum, { size }) => sum + size, manifest.bytes.length);
  return { manifest, config, lockedApp: locked, content, sizeBytes };
}

function archiveLayers(app: LockedApp, archives: NonNullable<ArtifactInput["archives"]>): Descriptor[] {
  const layers = new Map<string, Descriptor>();
  for (const component of app.components.filter((it) => fileContent(it).length > 0)) {
    const archive = archives.get(component.id);
    if (archive === undefined) throw missing(`The archive of the files of "${component.id}" was not given`);
    layers.set(archive.digest, {
      mediaType: mediaTypes.spinArchive,
      digest: archive.digest,
      size: archive.size,
    });
  }
  return [...layers.values()];
}

function configOf(lockedAppDigest: string): object {
  return {
    architecture: "wasm",
    os: "Wasip1",
    config: { Labels: { [lockedAppLabel]: lockedAppDigest } },
    rootfs: { type: "layers", diff_ids: [] },
  };
}

function blob(mediaType: string, text: string): PlannedBlob {
  const bytes = new TextEncoder().encode(text);
  return { descriptor: descriptorOf(mediaType, bytes), bytes };
}

function missing(problem: string): SpinError {
  return new SpinError("ERR_SPIN_ARTIFACT_CONTENT", `${problem}.`);
}
