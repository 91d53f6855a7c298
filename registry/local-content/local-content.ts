/** The content of a manifest whose files lie on this machine: read and hashed, nothing fetched. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import {
  type ContentRef,
  type ContentResolver,
  contentRefOf,
  type LockedFile,
} from "../../model/locked-app/index.ts";
import type { ComponentSource, NormalManifest, ResolvedDependency } from "../../model/manifest/index.ts";
import { mountedFiles } from "./mounts.ts";

/**
 * Reads what a manifest names, relative to `root`. A URL counts as the digest beside it. ERR_SPIN_COMPONENT_MISSING for
 * a file that is not there, ERR_SPIN_COMPONENT_PACKAGE for a package, whose digest nothing here says.
 */
export async function localContent(manifest: NormalManifest, root: string): Promise<ContentResolver> {
  const entries = Object.entries(manifest.component);
  const known = new Map<string, ContentRef>();
  const learn = async (source: Source, who: string): Promise<void> => {
    const key = keyOf(source);
    if (!known.has(key)) known.set(key, await refOf(source, root, who));
  };
  for (const [id, { source, dependencies = {} }] of entries) {
    await learn(source, `The component "${id}"`);
    for (const [name, it] of Object.entries(dependencies))
      await learn(sourceOf(it), `The dependency "${name}"`);
  }
  for (const trigger of Object.values(manifest.trigger).flat()) {
    const dependencies = Object.values(trigger.dependencies ?? {}).flat();
    for (const it of dependencies) await learn(sourceOf(it), `A dependency of the trigger "${trigger.id}"`);
  }
  const files = new Map<string, LockedFile[]>();
  for (const [id, component] of entries) {
    const mounted = await mountedFiles(root, component);
    files.set(
      id,
      await Promise.all(
        mounted.map(async ({ file, path }) => ({ ...contentRefOf(await readFile(file)), path })),
      ),
    );
  }
  return {
    component: (_, { source }) => known.get(keyOf(source)) ?? {},
    dependency: (_, dependency) => known.get(keyOf(sourceOf(dependency))) ?? {},
    files: (id) => files.get(id) ?? [],
  };
}

/** A version alone is a package whose name the dependency's own name says. */
type Source = ComponentSource | { package?: string; version: string };

function sourceOf(dependency: ResolvedDependency): Source {
  if (typeof dependency === "string") return { version: dependency };
  return "path" in dependency ? dependency.path : dependency;
}

function keyOf(source: Source): string {
  if (typeof source === "string") return `path ${source}`;
  return "url" in source ? `digest ${source.digest}` : `package ${source.package} ${source.version}`;
}

async function refOf(source: Source, root: string, who: string): Promise<ContentRef> {
  if (typeof source !== "string") {
    if ("url" in source) return { digest: source.digest };
    throw new SpinError(
      "ERR_SPIN_COMPONENT_PACKAGE",
      `${who} is the package ${source.package ?? "of its name"}, version ${source.version}, which would have to be fetched.`,
    );
  }
  const file = resolve(root, source);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new SpinError(
      "ERR_SPIN_COMPONENT_MISSING",
      `${who} has the source "${source}", and ${file} cannot be read.`,
      {
        cause,
        path: source,
      },
    );
  });
  return contentRefOf(bytes);
}
