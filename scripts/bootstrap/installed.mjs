import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packagedNode } from "./node.mjs";

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} LockedPackage */

const stampName = ".pulumi-spin-install";

/**
 * Whether everything is there: the packages, and the Node among them.
 * @param {string} root the checkout
 * @param {string} lockText package-lock.json
 */
export function isInstalled(root, lockText) {
  const isStamped = readOrEmpty(join(root, "node_modules", stampName)) === stampOf(lockText);
  return isStamped && existsSync(packagedNode(root));
}

/**
 * Whether npm's own record of what it installed is what package-lock.json says: a developer ran npm himself.
 * @param {string} root the checkout
 * @param {string} lockText package-lock.json
 */
export function hasTree(root, lockText) {
  const record = readOrEmpty(join(root, "node_modules", ".package-lock.json"));
  return record !== "" && isSameTree(packagesOf(lockText), packagesOf(record));
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
