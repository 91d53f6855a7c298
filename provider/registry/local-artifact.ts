/** An artifact of the sources on this machine: of an `App`, or of a spin.toml. */
import { resolve } from "node:path";
import type { AppDefinition } from "../../model/definition.ts";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { parseJson } from "../../model/json.ts";
import {
  definitionOfLocked,
  type KnownBinary,
  type LockedApp,
  normalizeApp,
} from "../../model/locked-app/index.ts";
import { type NormalManifest, normalizeManifest } from "../../model/manifest/index.ts";
import { inspectWasm } from "../../model/wasm/index.ts";
import type { LocalArtifact } from "../../registry/artifact/local-app.ts";
import type { BlobSource } from "../../registry/client/index.ts";
import { ContentCache } from "../../registry/content-cache.ts";
import { readManifestFile } from "../../registry/local-content/index.ts";
import { componentBytes } from "../build/index.ts";
import type { Context } from "../definition/context.ts";
import type { KnownArtifact } from "./artifact.ts";

export interface LocalSource {
  app?: AppDefinition;
  /** Of a spin.toml or its folder, relative to the project. */
  from?: string;
  profile?: string;
  annotations?: Record<string, string>;
  /** Default: true. */
  compose?: boolean;
}

/**
 * `undefined` in a preview for what only building or fetching would tell, since a preview does neither. Failures have the
 * path of the input.
 */
export async function localArtifact(
  source: LocalSource,
  context: Context,
  { mayBuild }: { mayBuild: boolean },
): Promise<KnownArtifact | undefined> {
  const { app, from = ".", profile, annotations, compose } = source;
  const place = app === undefined ? "from" : "app";
  try {
    if (app !== undefined && mayBuild) await build(app, context);
    const { manifest, root } =
      app === undefined
        ? await manifestAt(resolve(context.projectDir, from), profile)
        : { manifest: normalizeApp(app), root: context.projectDir };
    if (!mayBuild && !(await isHere(manifest))) return undefined;
    const { planLocalApp } = await import("../../registry/artifact/local-app.ts");
    const local = await planLocalApp(manifest, root, {
      ...(annotations === undefined ? {} : { annotations }),
      ...(compose === undefined ? {} : { isComposed: compose }),
      ...(profile === undefined || app !== undefined ? {} : { profile }),
    });
    return await knownArtifact(local, app);
  } catch (error) {
    if (!isSpinError(error)) throw error;
    const isUnbuilt = ["ERR_SPIN_COMPONENT_MISSING", "ERR_SPIN_COMPONENT_CHANGED"].includes(error.code);
    if (!mayBuild && isUnbuilt && app?.components.some((it) => it.build !== undefined)) return undefined;
    throw new SpinError(error.code, error.message, { path: place, hint: error.hint, cause: error });
  }
}

async function manifestAt(
  path: string,
  profile: string | undefined,
): Promise<{ manifest: NormalManifest; root: string }> {
  const { manifest, root } = await readManifestFile(path);
  return { manifest: normalizeManifest(manifest, profile), root };
}

/** A machine that has not built yet builds here; each binary is the one that the definition says. */
async function build({ components }: AppDefinition, { projectDir, signal }: Context): Promise<void> {
  for (const component of components) await componentBytes(component, projectDir, signal);
}

/** Whether all that stands behind a URL has been fetched before. */
async function isHere(manifest: NormalManifest): Promise<boolean> {
  const cache = new ContentCache();
  const components = Object.values(manifest.component);
  const triggers = Object.values(manifest.trigger).flat();
  const dependencies = components.flatMap(({ dependencies = {} }) => Object.values(dependencies));
  const ofTriggers = triggers.flatMap(({ dependencies: byRole = {} }) => Object.values(byRole).flat());
  for (const source of [...components.map((it) => it.source), ...dependencies, ...ofTriggers])
    if (typeof source === "object" && "url" in source && (await cache.file(source.digest)) === undefined)
      return false;
  return true;
}

async function knownArtifact(
  { plan, open }: LocalArtifact,
  app: AppDefinition | undefined,
): Promise<KnownArtifact> {
  const { manifest, lockedApp: locked, sizeBytes } = plan;
  const lockedApp = parseJson(new TextDecoder().decode(locked.bytes)) as LockedApp;
  const unchanged = new Set(app?.components.map(({ digest }) => digest));
  const binaries = await binariesOf(plan, open, lockedApp, unchanged);
  const found = definitionOfLocked(lockedApp, binaries, "this artifact");
  return {
    digest: manifest.digest,
    size: sizeBytes,
    app: app === undefined ? found : composed(app, found),
    async send(to) {
      const { pushArtifact } = await import("../../registry/artifact/push.ts");
      await pushArtifact(to, plan, { open, tags: [] });
    },
  };
}

/** The program's definition, which says more, but for components that became one with their dependencies. */
function composed(app: AppDefinition, found: AppDefinition): AppDefinition {
  const { lockedApp, digest } = found;
  const components = app.components.map((component) => {
    const { dependencies: _satisfied, ...alone } = component;
    const made = found.components.find(({ id }) => id === component.id);
    if (made === undefined || made.digest === component.digest) return component;
    return { ...alone, digest: made.digest, size: made.size, imports: made.imports, exports: made.exports };
  });
  return { ...app, components, lockedApp, digest };
}

/** What components import and export whose definition does not say it; text is assembled by whoever runs it. */
async function binariesOf(
  plan: LocalArtifact["plan"],
  open: LocalArtifact["open"],
  { components }: LockedApp,
  isKnown: ReadonlySet<string>,
): Promise<Map<string, KnownBinary>> {
  const wanted = new Set(components.map(({ source }) => source.digest));
  const known = new Map<string, KnownBinary>();
  for (const descriptor of plan.content.filter(({ digest }) => wanted.has(digest) && !isKnown.has(digest))) {
    const { digest, size } = descriptor;
    const bytes = await bytesOf(open(descriptor), size);
    const isBinary = bytes.subarray(0, 4).toString("latin1") === "\0asm";
    const { imports, exports } = isBinary ? inspectWasm(bytes) : { imports: [], exports: [] };
    known.set(digest, { size, imports, exports });
  }
  return known;
}

async function bytesOf(source: BlobSource, size: number): Promise<Buffer> {
  const opened = source.open(0, size);
  if (opened instanceof Uint8Array) return Buffer.from(opened);
  const chunks: Uint8Array[] = [];
  for await (const chunk of opened) chunks.push(chunk);
  return Buffer.concat(chunks);
}
