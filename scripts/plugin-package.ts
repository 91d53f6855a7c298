/**
 * `npm run plugin-package`: dist/pulumi-resource-spin-v<version>-<os>-<arch>.tar.gz, for
 * `pulumi plugin install resource spin <version> --file …`. It holds the executable, the compiled sources and the packages
 * they need, of @pulumi/pulumi only the messages. Same sources, same bytes.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { checkout } from "./bootstrap/paths.mjs";
import { buildDist } from "./dist.ts";
import { type TarEntry, tar } from "./plugin-package/tar.ts";

interface LockedPackage {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** Of these, only what a provider and its host run; the rest makes components or compiles programs. */
const narrowed: Record<string, string[]> = {
  "@pulumi/pulumi": ["@grpc/grpc-js", "google-protobuf"],
  "@bytecodealliance/jco": ["@bytecodealliance/jco-transpile"],
  "@bytecodealliance/jco-transpile": ["oxc-minify"],
};

export async function main(): Promise<number> {
  await buildDist();
  const { file, sha256, sizeBytes } = packPlugin(join(checkout, "dist.plugin"));
  process.stdout.write(`${file}\nsha256:${sha256}, ${(sizeBytes / 1e6).toFixed(1)} MB\n`);
  return 0;
}

/** Writes the archive into the folder. */
export function packPlugin(folder: string): { file: string; sha256: string; sizeBytes: number } {
  const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as { version: string };
  const bytes = gzipSync(tar(entries()), { level: 9 });
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const file = join(folder, `pulumi-resource-spin-v${version}-${process.platform}-${arch}.tar.gz`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, bytes);
  return { file, sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length };
}

/** What goes in, by path; directories of packages as Node finds them. */
function entries(): TarEntry[] {
  const own = ["pulumi-resource-spin", "package.json", "schema.json", "LICENSE"].map((path) => entryOf(path));
  const compiled = filesBelow("dist").filter((path) => !/\.(?:d\.ts|map|tsbuildinfo)$/.test(path));
  const packages = packagesNeeded().flatMap((path) =>
    filesBelow(path).filter((file) => isNeeded(path, file)),
  );
  return [...own, ...[...compiled, ...packages].map((path) => entryOf(path))];
}

/** Paths of the packages that run: the dependencies, gRPC and protobuf as the SDK brings them, and the SDK itself. */
function packagesNeeded(): string[] {
  const { packages } = JSON.parse(readFileSync(join(checkout, "package-lock.json"), "utf8")) as {
    packages: Record<string, LockedPackage>;
  };
  const found = new Set<string>();
  const add = (name: string, from: string): void => {
    const path = locate(name, from, packages);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {};
    const needed = narrowed[name] ?? [...Object.keys(dependencies), ...Object.keys(optionalDependencies)];
    for (const dependency of needed) add(dependency, path);
  };
  for (const name of [...Object.keys(packages[""]?.dependencies ?? {}), "@pulumi/pulumi"]) add(name, "");
  return [...found].toSorted();
}

/** Where Node finds the package from another's folder; undefined for one of another platform. */
function locate(name: string, from: string, packages: Record<string, unknown>): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("node_modules/") - 1, 0))) {
    const path = join(folder, "node_modules", name);
    if (path in packages) return existsSync(join(checkout, path)) ? path : undefined;
    if (folder === "") return undefined;
  }
}

function isNeeded(packagePath: string, file: string): boolean {
  const inside = file.slice(packagePath.length + 1);
  if (packagePath === "node_modules/@pulumi/pulumi")
    return /^(?:package\.json|LICENSE|proto\/[^/]+\.js|proto\/codegen\/[^/]+\.js)$/.test(inside);
  if (inside.startsWith("node_modules/")) return false;
  return (
    !/(?:\.(?:d\.[cm]?ts|map|md|ts)$|^(?:test|tests|docs?|deps|src)\/)/i.test(inside) ||
    /^licen[cs]e/i.test(basename(inside))
  );
}

function filesBelow(path: string): string[] {
  return readdirSync(join(checkout, path), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = `${path}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(file);
      return lstatSync(join(checkout, file)).isFile() ? [file] : [];
    });
}

function entryOf(path: string): TarEntry {
  const file = join(checkout, path);
  return { path, content: readFileSync(file), isExecutable: (statSync(file).mode & 0o111) !== 0 };
}
