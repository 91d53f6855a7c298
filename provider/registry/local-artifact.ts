/** An artifact of the sources on this machine: of an `App`, or of a spin.toml. */
import { readFile } from "node:fs/promises";
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
  const { app, from = ".", profile, annotations } = source;
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

async function knownArtifact(local: LocalArtifact, app: AppDefinition | undefined): Promise<KnownArtifact> {
  const { plan, open } = local;
  const { manifest, lockedApp: locked, sizeBytes } = plan;
  const lockedApp = parseJson(new TextDecoder().decode(locked.bytes)) as LockedApp;
  return {
    digest: manifest.digest,
    size: sizeBytes,
    app:
      app === undefined
        ? definitionOfLocked(lockedApp, await binariesOf(local, lockedApp), "this artifact")
        : { ...app, lockedApp, digest: locked.descriptor.digest },
    async send(to) {
      const { pushArtifact } = await import("../../registry/artifact/push.ts");
      await pushArtifact(to, plan, { open, tags: [] });
    },
  };
}

/** What the components of a spin.toml import and export; text is assembled by whoever runs it. */
async function binariesOf(
  { plan, fileOf }: LocalArtifact,
  { components }: LockedApp,
): Promise<Map<string, KnownBinary>> {
  const wanted = new Set(components.map(({ source }) => source.digest));
  const known = new Map<string, KnownBinary>();
  for (const { digest, size } of plan.content.filter((it) => wanted.has(it.digest))) {
    const bytes = await readFile(fileOf(digest) ?? "");
    const isBinary = bytes.subarray(0, 4).toString("latin1") === "\0asm";
    const { imports, exports } = isBinary ? inspectWasm(bytes) : { imports: [], exports: [] };
    known.set(digest, { size, imports, exports });
  }
  return known;
}
