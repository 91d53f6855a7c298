import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packagedNode } from "./node.mjs";

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage */

const stampName = ".pulumi-spin-install";

/**
 * Whether node_modules is what package-lock.json says. Known by our stamp; without one (a developer ran npm himself)
 * by npm's own record of what it installed.
 * @param {string} root the checkout
 * @param {string} lockText package-lock.json
 */
export function isInstalled(root, lockText) {
  const modules = join(root, "node_modules");
  if (!existsSync(packagedNode(root))) return false;
  if (readOrEmpty(join(modules, stampName)) === stampOf(lockText)) return true;
  const record = readOrEmpty(join(modules, ".package-lock.json"));
  if (record === "" || !isSameTree(packagesOf(lockText), packagesOf(record))) return false;
  writeStamp(root, lockText);
  return true;
}

/**
 * Remembers that this lock file was installed whole.
 * @param {string} root the checkout
 * @param {string} lockText package-lock.json
 */
export function writeStamp(root, lockText) {
  writeFileSync(join(root, "node_modules", stampName), stampOf(lockText));
}

/**
 * Whether everything that was installed is what the lock says, and nothing that the lock demands is missing.
 * Optional packages of other platforms are never installed.
 * @param {Record<string, LockedPackage>} locked
 * @param {Record<string, LockedPackage>} installed
 */
export function isSameTree(locked, installed) {
  for (const [path, found] of Object.entries(installed)) {
    const wanted = locked[path];
    if (wanted?.version !== found.version || wanted?.integrity !== found.integrity) return false;
  }
  return Object.entries(locked).every(
    ([path, wanted]) => path === "" || path in installed || wanted.optional || wanted.devOptional,
  );
}

/** @param {string} lockText */
function packagesOf(lockText) {
  try {
    return /** @type {Record<string, LockedPackage>} */ (JSON.parse(lockText).packages ?? {});
  } catch {
    return {};
  }
}

/** @param {string} lockText */
function stampOf(lockText) {
  return `${createHash("sha256").update(lockText).digest("hex")} ${process.platform}-${process.arch}\n`;
}

/** @param {string} file */
function readOrEmpty(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
