import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { explainToolFailure } from "./explain.mjs";
import { Failure, Interrupted } from "./failure.mjs";
import { hasTree, isInstalled, writeStamp } from "./installed.mjs";
import { withLock } from "./lock.mjs";
import { machinePath, packagedNode, startableNode } from "./node.mjs";
import { startProgress } from "./progress.mjs";
import { passSignals } from "./signals.mjs";

// Install scripts stay off: the natives ship prebuilt, and npm would compile better-sqlite3 although it need
// not be. --include=dev and --engine-strict=false undo NODE_ENV=production and a strict user configuration:
// the Node that the packages ask for is one of the packages.
const npmCiArgs = [
  "ci",
  "--ignore-scripts",
  "--include=dev",
  "--engine-strict=false",
  "--no-audit",
  "--no-fund",
  "--loglevel=warn",
];

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
    if (!isInstalled(root, lockText)) await install(root, lockText);
  });
  return Date.now() - startedAt;
}

/** @param {string} root @param {string} lockText */
async function install(root, lockText) {
  try {
    if (!hasTree(root, lockText))
      await withProgress("Installing dependencies with npm ci", () => npmCi(root));
    if (!existsSync(packagedNode(root)))
      await withProgress("Installing Node 24 from npm", () => installNode(root));
  } catch (error) {
    // Without npm's record the next run installs all of it again instead of trusting half of it.
    if (!(error instanceof Interrupted))
      rmSync(join(root, "node_modules", ".package-lock.json"), { force: true });
    throw error;
  }
  linkNode(root);
  writeStamp(root, lockText);
}

/**
 * npm ends well when a full disk cut files short: it says so among its warnings alone.
 * @param {string} root
 */
async function npmCi(root) {
  const output = await run("npm", npmCiArgs, { root, dir: root, name: "npm ci" });
  if (/TAR_ENTRY_ERROR|ENOSPC/.test(output))
    throw explainToolFailure("npm ci", output, { dir: root, exitCode: 0 });
}

/**
 * What the install script of the package `node` does: it fetches the binary of this platform beside itself.
 * @param {string} root
 */
async function installNode(root) {
  const script = "installArchSpecificPackage.js";
  await run(startableNode(), [script], {
    root,
    dir: join(root, "node_modules", "node"),
    name: `node ${script}`,
  });
  if (existsSync(packagedNode(root))) return;
  throw new Failure(
    `The npm package node has no binary for ${process.platform}-${process.arch}.`,
    "See the platforms that pulumi-spin is for in README.md.",
  );
}

/** npm links a binary that is there when it installs; this one came later. @param {string} root */
function linkNode(root) {
  const link = join(root, "node_modules", ".bin", "node");
  mkdirSync(dirname(link), { recursive: true });
  if (!existsSync(link)) symlinkSync(join("..", "node", "bin", "node"), link);
}

/** @param {string} label @param {() => Promise<unknown>} work */
async function withProgress(label, work) {
  const progress = startProgress(label);
  try {
    await work();
    progress.done();
  } catch (error) {
    progress.fail();
    throw error;
  }
}

/**
 * @param {string} command @param {string[]} args
 * @param {{ root: string, dir: string, name: string }} where
 * @returns {Promise<string>} what it printed
 */
function run(command, args, { root, dir, name }) {
  // npm must not run on the Node that it is about to delete, but on the one that runs this, if that is
  // another.
  const own = process.execPath.startsWith(join(root, "node_modules")) ? [] : [dirname(process.execPath)];
  const env = { ...process.env, PATH: [...own, machinePath(root)].join(delimiter) };
  const child = spawn(command, args, { cwd: dir, env, stdio: ["ignore", "pipe", "pipe"] });
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
      else if (code === 0) resolve(output);
      else reject(explainToolFailure(name, output, { dir, exitCode: code }));
    });
  });
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
