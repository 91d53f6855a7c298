import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import { byCodeUnit, canonicalJson } from "../../model/json.ts";
import { loadBinary, remoteOf } from "./binary.ts";
import type { BuildInputs } from "./inputs.ts";

/**
 * `sha256:<hex>` over what decides the binary: the watched files (relative path and content) and the build itself;
 * without a build, the binary. The same on every machine: no times, no absolute paths.
 */
export async function hashSources(projectDir: string, inputs: BuildInputs): Promise<string> {
  const { build, source } = inputs;
  if (typeof source !== "string") return remoteOf(source).digest;
  if (build === undefined) return (await loadBinary(projectDir, inputs)).digest;
  const hash = createHash("sha256");
  const { command, commands, workdir = "." } = build;
  const how = commands === undefined ? { command: command ?? [] } : { commands };
  hash.update(canonicalJson({ ...how, workdir, source }));
  for (const path of await watchedFiles(projectDir, inputs)) {
    const content = await readFile(join(projectDir, build.workdir ?? ".", path));
    hash.update(`\0${path}\0${createHash("sha256").update(content).digest("hex")}`);
  }
  return `sha256:${hash.digest("hex")}`;
}

/** POSIX paths relative to `workdir`, sorted. What the build writes and what packages bring is left out. */
async function watchedFiles(
  projectDir: string,
  { componentId, build, source }: BuildInputs,
): Promise<string[]> {
  const workdir = resolve(projectDir, build?.workdir ?? ".");
  const output = typeof source === "string" ? relative(workdir, resolve(projectDir, source)) : undefined;
  const found = new Set<string>();
  for (const pattern of build?.watch ?? []) {
    const before = found.size;
    for await (const entry of glob(pattern, {
      cwd: workdir,
      withFileTypes: true,
      exclude: isPackageFolder,
    })) {
      const path = relative(workdir, join(entry.parentPath, entry.name));
      if (entry.isFile() && path !== output) found.add(path.split(sep).join("/"));
    }
    if (found.size === before && !hasGlob(pattern)) {
      throw new SpinError(
        "ERR_SPIN_BUILD_WATCH",
        `Component "${componentId}" watches "${pattern}", which is not in ${build?.workdir ?? "."}.`,
        { path: "build.watch" },
      );
    }
  }
  // Without globs nothing but the command makes a build due.
  if (found.size === 0 && build?.watch.length !== 0) {
    throw new SpinError(
      "ERR_SPIN_BUILD_WATCH",
      `Component "${componentId}" watches ${JSON.stringify(build?.watch)}, and no file in ${build?.workdir ?? "."} matches.`,
      { path: "build.watch" },
    );
  }
  return [...found].sort(byCodeUnit);
}

function isPackageFolder({ name }: { name: string }): boolean {
  return name === "node_modules" || name === ".git";
}

function hasGlob(pattern: string): boolean {
  return /[*?{[]/.test(pattern);
}
