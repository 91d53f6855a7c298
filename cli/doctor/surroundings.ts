/** What lies around a spin.toml on this machine: nothing is changed, fetched or run. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type TargetName, targetNamed } from "../../model/capability/index.ts";
import type { Surroundings } from "../../model/doctor/index.ts";
import { type Issue, isSpinError } from "../../model/errors/index.ts";
import type { Manifest, ManifestComponent } from "../../model/manifest/index.ts";
import { componentsOf } from "../../model/validate/manifest/places.ts";
import { readManifest } from "../../model/validate/manifest/index.ts";
import { mountedFiles, readBinaries } from "../../registry/local-content/index.ts";

/** `targets` of the command line; without them, those that the manifest names and that are known. */
export async function surroundingsOf(
  text: string,
  root: string,
  targets: readonly TargetName[] | undefined,
): Promise<Surroundings> {
  const { manifest } = readManifest(text);
  const [runtimeConfig, dotenv] = await Promise.all([
    textOf(join(root, "runtime-config.toml")),
    textOf(join(root, ".env")),
  ]);
  return {
    ...(manifest === undefined
      ? {}
      : { binaries: await readBinaries(manifest, root), mounts: await mountsOf(manifest, root) }),
    ...(runtimeConfig === undefined ? {} : { runtimeConfig }),
    given: { environment: Object.keys(process.env), dotenv: { ".env": namesIn(dotenv ?? "") } },
    targets: targets ?? (manifest === undefined ? [] : targetsOf(manifest)),
  };
}

async function mountsOf(manifest: Manifest, root: string): Promise<Map<string, number | Issue>> {
  const mounts = new Map<string, number | Issue>();
  for (const { component, path } of componentsOf(manifest)) {
    for (const [index, mount] of (component.files ?? []).entries())
      mounts.set(`${path}.files[${index}]`, await matched(root, { ...component, files: [mount] }));
  }
  return mounts;
}

async function matched(
  root: string,
  { source, files = [], exclude_files: excluded = [] }: ManifestComponent,
): Promise<number | Issue> {
  try {
    const found = await mountedFiles(root, { source, files, exclude_files: excluded });
    return found.length;
  } catch (error) {
    if (!isSpinError(error)) throw error;
    const { code, message, hint } = error;
    return { code, severity: "error", path: "", message, hint };
  }
}

function targetsOf({ application, component = {} }: Manifest): TargetName[] {
  const named = [application.targets ?? [], ...Object.values(component).map((it) => it.targets ?? [])].flat();
  return [...new Set(named.flatMap((it) => (typeof it === "string" ? known(it) : [])))];
}

/** A manifest may name environments of other catalogues. */
function known(text: string): TargetName[] {
  try {
    return [targetNamed(text)];
  } catch (error) {
    if (isSpinError(error)) return [];
    throw error;
  }
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

/** Names that a dotenv file defines; its values are not kept. */
function namesIn(dotenv: string): string[] {
  return Array.from(dotenv.matchAll(/^\s*(?:export\s+)?([\w.]+)\s*=/gm), ([, name = ""]) => name);
}
