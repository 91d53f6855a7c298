/** The files that a component may read, found as Spin finds them (crates/loader/src/local.rs). */
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import type { NormalComponent } from "../../model/manifest/index.ts";
import { byCodeUnit } from "../../model/json.ts";
import { globPattern, isGlob } from "./glob.ts";

export interface MountedFile {
  /** Absolute. */
  file: string;
  /** In the guest, without a leading slash. */
  path: string;
}

/** Sorted by the guest's path; of two files for one path the later mount wins. ERR_SPIN_COMPONENT_FILES. */
export async function mountedFiles(root: string, component: NormalComponent): Promise<MountedFile[]> {
  const excluded = (component.exclude_files ?? []).map(globPattern);
  const found = new Map<string, string>();
  for (const mount of component.files ?? []) {
    const files =
      typeof mount === "string"
        ? await matching(root, mount, excluded)
        : await placed(root, mount.source, mount.destination, excluded);
    for (const { file, path } of files) found.set(path, file);
  }
  return [...found].sort(([a], [b]) => byCodeUnit(a, b)).map(([path, file]) => ({ file, path }));
}

/** A file or a folder keeps its place; anything else is a pattern. */
async function matching(root: string, pattern: string, excluded: readonly RegExp[]): Promise<MountedFile[]> {
  const kind = await kindOf(join(root, pattern));
  if (kind === "file") return [await inside(root, posix.normalize(pattern))];
  const isWanted = kind === "folder" ? () => true : testOf(pattern);
  // Only the part before the first wildcard has to be walked.
  const parts = pattern.split("/");
  const first = parts.findIndex(isGlob);
  const base = kind === "folder" ? pattern : parts.slice(0, Math.max(0, first)).join("/");
  const paths = (await walk(root, posix.normalize(base || "."))).filter(
    (path) => isWanted(path) && !excluded.some((it) => it.test(path)),
  );
  return Promise.all(paths.map((path) => inside(root, path)));
}

function testOf(pattern: string): (path: string) => boolean {
  if (!isGlob(pattern)) {
    throw problem(`"${pattern}" does not exist and is no glob pattern.`);
  }
  const test = globPattern(pattern);
  return (path) => test.test(path);
}

async function placed(
  root: string,
  source: string,
  destination: string,
  excluded: readonly RegExp[],
): Promise<MountedFile[]> {
  const target = destination.replace(/^\/+/, "");
  const kind = await kindOf(join(root, source));
  if (kind === undefined) throw problem(`The source "${source}" does not exist.`);
  if (kind === "file") {
    if (target === "")
      throw problem(`The file "${source}" has the destination "${destination}", which is a folder.`);
    return [{ ...(await inside(root, posix.normalize(source))), path: target }];
  }
  const base = posix.normalize(source);
  const paths = (await walk(root, base)).filter((path) => !excluded.some((it) => it.test(path)));
  return Promise.all(
    paths.map(async (path) => ({
      ...(await inside(root, path)),
      path: posix.join(target, posix.relative(base, path)),
    })),
  );
}

/** Files below a folder, relative to the root; symbolic links to files are followed, to folders not. */
async function walk(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return walk(root, path);
      return entry.isFile() || (entry.isSymbolicLink() && (await kindOf(join(root, path))) === "file")
        ? [path]
        : [];
    }),
  );
  return lists.flat();
}

/** Spin compares paths as they are written; here links are followed first, so that none leads out of the folder. */
async function inside(root: string, path: string): Promise<MountedFile> {
  const [realRoot, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
  const way = relative(realRoot, file);
  if (way === ".." || way.startsWith(`..${sep}`)) {
    throw problem(`The file "${path}" lies outside of the application's folder.`);
  }
  return { file, path };
}

async function kindOf(file: string): Promise<"file" | "folder" | undefined> {
  const found = await stat(file).catch(async () => lstat(file).catch(() => undefined));
  return found?.isFile() ? "file" : found?.isDirectory() ? "folder" : undefined;
}

function problem(message: string): SpinError {
  return new SpinError("ERR_SPIN_COMPONENT_FILES", message);
}
