/**
 * `npm run lock`, after `npm install`: adds the native packages of other platforms that npm left out of
 * package-lock.json because the registry did not serve them when the lock was written. Without them `npm ci`
 * refuses the lock on every platform. They carry no integrity: npm checks them against the registry's own.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkout } from "./bootstrap/paths.mjs";

/** @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} LockEntry */

/**
 * Adds what is missing, in place.
 * @param {{ packages: Record<string, LockEntry> }} lock
 * @returns {string[]} the paths that were added
 */
export function completeLock(lock) {
  /** @type {string[]} */
  const added = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!/^\d+\.\d+\.\d+/.test(version) || isReachable(lock.packages, path, name, version)) continue;
      const place =
        `node_modules/${name}` in lock.packages ? `${path}/node_modules/${name}` : `node_modules/${name}`;
      lock.packages[place] = {
        version,
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
        ...platformOf(name),
      };
      added.push(place);
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  return added;
}

/**
 * The platform that a native package is for, from its name: `@oxlint/binding-linux-arm64-musl`.
 * @param {string} name
 */
export function platformOf(name) {
  const words = name.split(/[-/_]/);
  const pick = (/** @type {string[]} */ known) => known.filter((word) => words.includes(word));
  const os = pick([
    "aix",
    "android",
    "darwin",
    "freebsd",
    "linux",
    "netbsd",
    "openbsd",
    "openharmony",
    "sunos",
    "win32",
  ]);
  const cpu = pick([
    "arm",
    "arm64",
    "ia32",
    "loong64",
    "mips64el",
    "ppc64",
    "riscv64",
    "s390x",
    "wasm32",
    "x64",
  ]);
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : words.includes("gnu")
      ? ["glibc"]
      : [];
  return { ...(os.length ? { os } : {}), ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}) };
}

/**
 * Whether Node's look-up from `path` finds that version of `name`.
 * @param {Record<string, LockEntry>} packages @param {string} path @param {string} name @param {string} version
 */
function isReachable(packages, path, name, version) {
  const folders = path.split("/node_modules/");
  for (let depth = folders.length; depth > 0; depth--) {
    const found = packages[`${folders.slice(0, depth).join("/node_modules/")}/node_modules/${name}`];
    if (found !== undefined) return found.version === version;
  }
  return packages[`node_modules/${name}`]?.version === version;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const file = join(checkout, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = completeLock(lock);
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`package-lock.json: ${added.length} packages of other platforms added\n`);
}
