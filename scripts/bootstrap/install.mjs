import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { explainToolFailure } from "./explain.mjs";
import { Failure, Interrupted } from "./failure.mjs";
import { isInstalled, writeStamp } from "./installed.mjs";
import { withLock } from "./lock.mjs";
import { machinePath, packagedNode } from "./node.mjs";
import { startProgress } from "./progress.mjs";
import { passSignals } from "./signals.mjs";

/**
 * Runs `npm ci` when node_modules is missing, half done, or older than package-lock.json.
 * @param {string} root the checkout
 * @returns {Promise<number>} how long it took in milliseconds; 0 when there was nothing to do
 */
export async function ensureInstalled(root) {
  const lockText = readLock(root);
  if (isInstalled(root, lockText)) return 0;
  const startedAt = Date.now();
  const lockDir = join(root, ".quickstart");
  mkdirSync(lockDir, { recursive: true });
  await withLock(join(lockDir, "install.lock"), "the installation of this checkout", async () => {
    if (isInstalled(root, lockText)) return;
    await npmCi(root);
    requirePackagedNode(root);
    writeStamp(root, lockText);
  });
  return Date.now() - startedAt;
}

/** @param {string} root */
async function npmCi(root) {
  const progress = startProgress("Installing dependencies with npm ci");
  try {
    await runNpm(root);
    progress.done();
  } catch (error) {
    progress.fail();
    throw error;
  }
}

/**
 * @param {string} root
 * @returns {Promise<void>}
 */
function runNpm(root) {
  // --include=dev and --engine-strict=false undo NODE_ENV=production and a strict user configuration: the set-up
  // brings the Node that the packages ask for as one of the packages.
  const args = ["ci", "--include=dev", "--engine-strict=false", "--no-audit", "--no-fund", "--loglevel=error"];
  // npm must not run on the Node that it is about to delete.
  const env = { ...process.env, PATH: machinePath(root) };
  const child = spawn("npm", args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const signals = passSignals(child);
  return new Promise((resolve, reject) => {
    child.on("error", (cause) =>
      reject(
        new Failure(
          `npm could not be started: ${cause.message}.`,
          "Install npm (it comes with Node from https://nodejs.org; on Debian and Ubuntu: apt-get install npm).",
          { cause },
        ),
      ),
    );
    child.on("close", (code) => {
      signals.stop();
      if (signals.received() !== undefined) reject(new Interrupted());
      else if (code === 0) resolve();
      else reject(explainToolFailure("npm ci", output, { dir: root, exitCode: code }));
    });
  });
}

/** @param {string} root */
function requirePackagedNode(root) {
  if (existsSync(packagedNode(root))) return;
  rmSync(join(root, "node_modules", ".package-lock.json"), { force: true });
  throw new Failure(
    "npm installed the package node without its binary: install scripts are switched off (ignore-scripts).",
    "Run npm config get ignore-scripts; then allow them for this checkout: npm ci --ignore-scripts=false.",
  );
}

/** @param {string} root */
function readLock(root) {
  try {
    return readFileSync(join(root, "package-lock.json"), "utf8");
  } catch (cause) {
    throw new Failure(
      `package-lock.json cannot be read in ${root}: it says which versions to install.`,
      "Restore it: git checkout package-lock.json.",
      { cause },
    );
  }
}
