import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./failure.mjs";
import { passSignals } from "./signals.mjs";

/**
 * Throws where the running Node is older than the scripts can run on.
 * @param {number} major
 */
export function requireNode(major) {
  if (Number(process.versions.node.split(".")[0]) >= major) return;
  throw new Failure(
    `This is Node ${process.versions.node}; the set-up needs Node ${major} or newer.`,
    "Install a newer Node from https://nodejs.org. The rest brings its own Node 24.",
  );
}

/**
 * The Node of the npm package `node`.
 * @param {string} root the checkout
 */
export function packagedNode(root) {
  return join(root, "node_modules", "node", "bin", "node");
}

/**
 * A Node to start scripts on: the one that runs this, unless an installation has deleted its file meanwhile, as npm does
 * with the packaged one; then that of the machine.
 */
export function startableNode(execPath = process.execPath) {
  return existsSync(execPath) ? execPath : "node";
}

/**
 * Whether this process runs on the Node of the npm package `node`.
 * @param {string} root the checkout
 */
export function isPackagedNode(root) {
  return (
    existsSync(packagedNode(root)) && realpathSync(process.execPath) === realpathSync(packagedNode(root))
  );
}

/**
 * Puts the checkout's node_modules/.bin first on PATH, for this process and what it starts.
 * @param {string} root
 */
export function useLocalBin(root) {
  const bin = join(root, "node_modules", ".bin");
  process.env["PATH"] = [bin, ...pathEntries().filter((entry) => entry !== bin)].join(delimiter);
}

/** PATH without the checkout's own node_modules/.bin: what the machine has. */
export function machinePath(/** @type {string} */ root) {
  return pathEntries()
    .filter((entry) => !entry.startsWith(join(root, "node_modules")))
    .join(delimiter);
}

/**
 * Runs this process's own command again on the packaged Node, passing signals on.
 * @param {string} root the checkout
 * @param {string[]} argv script and arguments
 * @param {Record<string, string>} environment added to this process's own
 * @returns {Promise<number>} the exit code
 */
export function rerunOnPackagedNode(root, argv, environment) {
  const child = spawn(packagedNode(root), argv, {
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  const signals = passSignals(child);
  return new Promise((resolve, reject) => {
    child.on("error", (cause) =>
      reject(
        new Failure(
          `The Node of this checkout does not start: ${cause.message}.`,
          "Delete node_modules and run the command again.",
          { cause },
        ),
      ),
    );
    child.on("exit", (code, signal) => {
      signals.stop();
      resolve(code ?? (signal === "SIGINT" ? 130 : 1));
    });
  });
}

function pathEntries() {
  return (process.env["PATH"] ?? "").split(delimiter).filter((entry) => entry !== "");
}
