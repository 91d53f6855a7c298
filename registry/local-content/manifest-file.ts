import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { type Issue, SpinError } from "../../model/errors/index.ts";
import { bareWasm, type Manifest } from "../../model/manifest/index.ts";
import { readManifest } from "../../model/validate/manifest/index.ts";

export interface ManifestFile {
  manifest: Manifest;
  /** The folder that paths are relative to, absolute. */
  root: string;
  file: string;
  warnings: Issue[];
}

/** Where a manifest is. */
export interface ManifestPlace {
  /** Absolute. */
  file: string;
  /** The folder that paths are relative to, absolute. */
  root: string;
  /** As the user would write it. */
  shown: string;
}

/** The spin.toml of a path that is one, or a folder that has one. */
export async function locateManifest(path: string): Promise<ManifestPlace> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  const shown = isFolder ? join(path, "spin.toml") : path;
  const file = resolve(shown);
  return { file, root: dirname(file), shown };
}

/** ERR_SPIN_MANIFEST_FILE for what cannot be read. */
export async function readManifestText({ file }: ManifestPlace): Promise<string> {
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw new SpinError("ERR_SPIN_MANIFEST_FILE", `${file} cannot be read.`, { cause });
  });
}

/** The manifest of a spin.toml, of the folder that has one, or of a .wasm file. ERR_SPIN_MANIFEST_* with all problems. */
export async function readManifestFile(path: string): Promise<ManifestFile> {
  const place = await locateManifest(path);
  const { file, root } = place;
  if ([".wasm", ".wat"].includes(extname(file))) {
    const manifest = bareWasm(basename(file, extname(file)), basename(file));
    return { manifest, root, file, warnings: [] };
  }
  const { manifest, issues } = readManifest(await readManifestText(place));
  const errors = issues.filter(({ severity }) => severity === "error");
  if (manifest === undefined || errors.length > 0) throw problems(errors, path);
  return { manifest, root, file, warnings: issues };
}

/** One failure that tells all of them, each with its own next step. */
function problems(errors: readonly Issue[], path: string): SpinError {
  const [first] = errors;
  const code = first?.code ?? "ERR_SPIN_MANIFEST_FILE";
  if (first !== undefined && errors.length === 1)
    return new SpinError(code, `${placeOf(first, path)}: ${first.message}`, { hint: first.hint });
  const lines = errors.map((found) => `\n  ${placeOf(found, path)}: ${found.message} ${found.hint}`).join("");
  return new SpinError(code, `${path} has ${errors.length} problems:${lines}`, {
    hint: "Correct each of them and try again.",
  });
}

/** As compilers write it, so that editors can jump there; with the key's path where the position is not known. */
function placeOf({ position, path }: Issue, file: string): string {
  if (position !== undefined) return `${file}:${position.line}:${position.column}`;
  return path === "" ? file : `${file}: ${path}`;
}
