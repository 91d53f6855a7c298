/** The content of a manifest whose files lie on this machine: read and hashed, nothing fetched. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import {
  type ContentRef,
  type ContentResolver,
  contentRefOf,
  inlineLimitBytes,
  type LockedFile,
} from "../../model/locked-app/index.ts";
import type {
  ComponentSource,
  NormalComponent,
  NormalManifest,
  ResolvedDependency,
} from "../../model/manifest/index.ts";
import { pathAt, pathTo } from "../../model/toml/index.ts";
import { fileBytes } from "../file-bytes.ts";
import { inParallel } from "../in-parallel.ts";
import { mountedFiles } from "./mounts.ts";

const filesAtOnce = 16;

/**
 * Reads what a manifest names, relative to `root`. A URL counts as the digest beside it, and a component in `known`, by
 * id, as what is said there. ERR_SPIN_COMPONENT_MISSING for a file that is not there, ERR_SPIN_COMPONENT_FILES for files
 * that cannot be mounted, ERR_SPIN_COMPONENT_PACKAGE for a package, whose digest nothing here says: each with the path
 * in the manifest.
 */
export async function localContent(
  manifest: NormalManifest,
  root: string,
  known: ReadonlyMap<string, ContentRef> = new Map(),
): Promise<LocalContent> {
  const entries = Object.entries(manifest.component);
  const contents = new Map<string, ContentRef>();
  const blobs = new Map<string, LocalBlob>();
  const remotes = new Map<string, string>();
  const learn = async (source: Source, who: string, path: string): Promise<void> => {
    const key = keyOf(source);
    if (!contents.has(key)) contents.set(key, await refOf(source, root, who, path, blobs));
    if (typeof source !== "string" && "url" in source) remotes.set(source.digest, source.url);
  };
  for (const [id, { source }] of entries) {
    const content = known.get(id);
    if (content !== undefined) contents.set(keyOf(source), content);
    else await learn(source, `The component "${id}"`, pathTo(pathTo("component", id), "source"));
  }
  for (const [id, { dependencies = {} }] of entries)
    for (const [name, it] of Object.entries(dependencies)) {
      const path = pathTo(`${pathTo("component", id)}.dependencies`, name);
      await learn(sourceOf(it), `The dependency "${name}"`, path);
    }
  for (const [type, triggers] of Object.entries(manifest.trigger))
    for (const [index, { id, dependencies = {} }] of triggers.entries())
      for (const [role, list] of Object.entries(dependencies))
        for (const [position, it] of list.entries()) {
          const at = pathTo(`${pathAt(pathTo("trigger", type), index)}.dependencies`, role);
          await learn(sourceOf(it), `A dependency of the trigger "${id}"`, pathAt(at, position));
        }
  const files = new Map<string, LockedFile[]>();
  for (const [id, component] of entries) files.set(id, await filesOf(id, component, root, blobs));
  return {
    component: (id, { source }) => known.get(id) ?? contents.get(keyOf(source)) ?? {},
    dependency: (_, dependency) => contents.get(keyOf(sourceOf(dependency))) ?? {},
    files: (id) => files.get(id) ?? [],
    blobs,
    remotes,
  };
}

/** Where the content of a manifest is, besides what it is called in the locked application. */
interface LocalContent extends ContentResolver {
  /** By digest. */
  blobs: ReadonlyMap<string, LocalBlob>;
  /** Digests that stand beside a URL. */
  remotes: ReadonlyMap<string, string>;
}

export interface LocalBlob {
  /** Absolute. */
  file: string;
  sizeBytes: number;
}

async function filesOf(
  id: string,
  component: NormalComponent,
  root: string,
  blobs: Map<string, LocalBlob>,
): Promise<LockedFile[]> {
  try {
    const mounted = await mountedFiles(root, component);
    const refs = new Map<string, ContentRef>();
    await inParallel(mounted, filesAtOnce, async ({ file, path }) => {
      refs.set(path, await refTo(file, blobs));
    });
    return mounted.map(({ path }) => ({ ...refs.get(path), path }));
  } catch (error) {
    if (!isSpinError(error)) throw error;
    const message = `The component "${id}": ${error.message}`;
    const path = `${pathTo("component", id)}.files`;
    throw new SpinError(error.code, message, { path, hint: error.hint, cause: error });
  }
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

async function refOf(
  source: Source,
  root: string,
  who: string,
  path: string,
  blobs: Map<string, LocalBlob>,
): Promise<ContentRef> {
  if (typeof source !== "string") {
    if ("url" in source) return { digest: source.digest };
    throw new SpinError(
      "ERR_SPIN_COMPONENT_PACKAGE",
      `${who} is the package ${source.package ?? "of its name"}, version ${source.version}, which would have to be fetched.`,
      { path },
    );
  }
  const file = resolve(root, source);
  return refTo(file, blobs).catch((cause: unknown) => {
    throw new SpinError(
      "ERR_SPIN_COMPONENT_MISSING",
      `${who} has the source "${source}", and ${file} cannot be read.`,
      {
        cause,
        path,
      },
    );
  });
}

/** Hashed as a stream, whatever its size; notes where the bytes are. */
async function refTo(file: string, blobs: Map<string, LocalBlob>): Promise<ContentRef> {
  const { size } = await stat(file);
  const { sizeBytes, ...ref } = size <= inlineLimitBytes ? await readSmall(file) : await hashFile(file);
  blobs.set(ref.digest, { file, sizeBytes });
  return ref;
}

type MeasuredRef = ContentRef & { digest: string; sizeBytes: number };

async function readSmall(file: string): Promise<MeasuredRef> {
  const bytes = await readFile(file);
  return { ...contentRefOf(bytes), sizeBytes: bytes.length };
}

async function hashFile(file: string): Promise<MeasuredRef> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of fileBytes(file)) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { digest: `sha256:${hash.digest("hex")}`, sizeBytes };
}
