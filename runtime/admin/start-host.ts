import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SpinError } from "../../model/errors/index.ts";
import { hostEnvironment } from "./host-environment.ts";

const startTimeoutMs = 30_000;
const oldestNode = 24;

/** Starts the control process, apart from this one, and waits until it answers. Two starters end with one host. */
export async function startHost(stateDir: string, isAnswering: () => Promise<boolean>): Promise<void> {
  const child = spawnControl(stateDir);
  let exitCode: number | null = null;
  child.once("exit", (code) => {
    exitCode = code ?? 1;
  });
  child.once("error", () => {
    exitCode = 1;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (await isAnswering()) return;
    // Exit code 0 says that another control process holds the lock: it is about to answer.
    if (exitCode !== null && exitCode !== 0) break;
    await sleep(50);
  }
  throw new SpinError(
    "ERR_SPIN_HOST_START",
    `The host did not start in ${stateDir}.${lastLines(join(stateDir, "logs", "control.log"))}`,
  );
}

function spawnControl(stateDir: string): ChildProcess {
  try {
    mkdirSync(join(stateDir, "logs"), { recursive: true, mode: 0o700 });
    const log = openSync(join(stateDir, "logs", "control.log"), "a", 0o600);
    const child = spawn(nodeExecutable(), [controlEntry(), "--state-dir", stateDir], {
      detached: true,
      cwd: stateDir,
      env: hostEnvironment(),
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    child.unref();
    return child;
  } catch (error) {
    if (error instanceof SpinError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpinError(
      "ERR_SPIN_HOST_STATE_DIR",
      `The host's folder ${stateDir} cannot be used: ${reason}.`,
      { cause: error },
    );
  }
}

/** From source the entry is a .ts file, from dist a .js file. */
export function controlEntry(): string {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  return fileURLToPath(new URL(`../control/main${extension}`, import.meta.url));
}

/** Waiting imports need JSPI, which Node has since 24: this process's Node, or the one of the npm package `node`. */
function nodeExecutable(): string {
  if (Number(process.versions.node.split(".")[0]) >= oldestNode) return process.execPath;
  for (const from of [import.meta.url, join(process.cwd(), "package.json")]) {
    try {
      const packageFile = createRequire(from).resolve("node/package.json");
      const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };
      if (Number(version.split(".")[0]) >= oldestNode) return join(packageFile, "..", "bin", "node");
    } catch {
      // not installed here: look in the next place
    }
  }
  throw new SpinError(
    "ERR_SPIN_HOST_NODE_TOO_OLD",
    `The host needs Node ${oldestNode} or newer; this is Node ${process.versions.node}.`,
  );
}

function lastLines(path: string): string {
  try {
    return ` Its log ends:\n${readFileSync(path, "utf8").trimEnd().split("\n").slice(-8).join("\n")}\n`;
  } catch {
    return "";
  }
}
