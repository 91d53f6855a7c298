/** An artifact back to the locked application and its content. */
import { isDigest } from "../digest.ts";
import { SpinError } from "../errors/index.ts";
import type { LockedApp } from "../locked-app/index.ts";
import { layerContent } from "./content.ts";
import type { Descriptor } from "./descriptor.ts";
import { isPortablePath } from "./file-path.ts";
import type { ImageIndex, ImageManifest } from "./manifest.ts";
import { mediaTypes } from "./media-types.ts";

export type SpinArtifact =
  | { kind: "application"; lockedApp: Descriptor; content: Descriptor[]; archives: Descriptor[] }
  /** One component, as `wkg` publishes it. */
  | { kind: "package"; component: Descriptor };

/** What kind of Spin artifact a manifest is. ERR_SPIN_ARTIFACT_MEDIA_TYPE for an index, ERR_SPIN_ARTIFACT_KIND for another. */
export function readArtifact(manifest: ImageManifest | ImageIndex): SpinArtifact {
  if (manifest.kind === "index") {
    throw new SpinError(
      "ERR_SPIN_ARTIFACT_MEDIA_TYPE",
      `The reference leads to an index of ${manifest.manifests.length} manifests; Spin takes a manifest.`,
    );
  }
  const ofType = (mediaType: string): Descriptor[] =>
    manifest.layers.filter((it) => it.mediaType === mediaType);
  const [lockedApp, ...others] = ofType(mediaTypes.spinApplication);
  if (lockedApp !== undefined && others.length === 0) {
    const archives = ofType(mediaTypes.spinArchive);
    const apart = new Set([lockedApp, ...archives]);
    return {
      kind: "application",
      lockedApp,
      archives,
      content: manifest.layers.filter((it) => !apart.has(it)),
    };
  }
  const [component, ...more] = manifest.layers;
  const isWasm =
    component !== undefined && [mediaTypes.wasm, mediaTypes.spinWasm].includes(component.mediaType as never);
  if (isWasm && more.length === 0) return { kind: "package", component };
  const found = lockedApp === undefined ? "none" : `${others.length + 1}`;
  throw new SpinError(
    "ERR_SPIN_ARTIFACT_KIND",
    `The artifact is no Spin application: it has ${manifest.layers.length} layers, and ${found} of the type ${mediaTypes.spinApplication}.`,
  );
}

/**
 * The locked application of an artifact, held against its layers: each digest must be there, as a layer or, for a file,
 * in an archive. ERR_SPIN_ARTIFACT_APP, _CONTENT, _PATH.
 */
export function readLockedApp(
  bytes: Uint8Array,
  artifact: SpinArtifact & { kind: "application" },
): LockedApp {
  const app = parseApp(bytes);
  for (const { id, files = [] } of app.components) {
    const wrong = files.find(({ path }) => typeof path !== "string" || !isPortablePath(path));
    if (wrong === undefined) continue;
    const shown = JSON.stringify(wrong.path);
    throw new SpinError("ERR_SPIN_ARTIFACT_PATH", `A file of the component "${id}" has the path ${shown}.`);
  }
  const layers = new Set(artifact.content.map(({ digest }) => digest));
  const isArchived = artifact.archives.length > 0;
  const lost = layerContent(app, { isArchived }).find(({ digest }) => !layers.has(digest));
  if (lost === undefined) return app;
  throw new SpinError(
    "ERR_SPIN_ARTIFACT_CONTENT",
    `${lost.role} of the component "${lost.componentId}" (${lost.digest}) is no layer of the artifact.`,
  );
}

/** Only what this package relies on is judged here; the host that runs it judges the rest. */
function parseApp(bytes: Uint8Array): LockedApp {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw notAnApp("it is no JSON");
  }
  const app = Object(value) as Partial<LockedApp>;
  if (app.spin_lock_version !== 0 && app.spin_lock_version !== 1)
    throw notAnApp(
      `spin_lock_version is ${JSON.stringify(app.spin_lock_version) ?? "missing"}, expected 0 or 1`,
    );
  if (typeof app.metadata !== "object" || app.metadata === null) throw notAnApp("metadata is no object");
  if (!Array.isArray(app.triggers)) throw notAnApp("triggers is no list");
  if (!Array.isArray(app.components)) throw notAnApp("components is no list");
  for (const component of app.components) {
    const { id, source, files = [] } = Object(component) as Record<string, unknown>;
    if (typeof id !== "string") throw notAnApp("a component has no id");
    const { digest } = Object(source) as { digest?: unknown };
    if (typeof digest !== "string" || !isDigest(digest))
      throw notAnApp(`the source of "${id}" has no digest`);
    if (!Array.isArray(files)) throw notAnApp(`files of "${id}" is no list`);
  }
  return app as LockedApp;
}

function notAnApp(problem: string): SpinError {
  return new SpinError(
    "ERR_SPIN_ARTIFACT_APP",
    `The locked application of the artifact is malformed: ${problem}.`,
  );
}
