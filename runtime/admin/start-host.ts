import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SpinError } from "../../model/errors/index.ts";
import { fromAdminError } from "./admin-error.ts";
import { hostEnvironment } from "./host-environment.ts";
import type { AdminError } from "./protocol.ts";
import { prepareStateDir } from "./state-dir.ts";
import { storageError } from "./storage-error.ts";

const startTimeoutMs = 60_000;
const oldestNode = 24;

/**
 * Starts the control process, apart from this one, and waits until one answers; `answering` gives its process id. Of
 * several that are started at the same moment one stays.
 */
export async function startHost(
  stateDir: string,
  answering: () => Promise<number | undefined>,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const child = spawnControl(stateDir);
    let exitCode: number | undefined;
    const exited = exitOf(child).then((code) => (exitCode = code));
    while (Date.now() < deadline && exitCode === undefined) {
      const pid = await answering();
      // One that comes too late could find the host stopped again, and bring it back against someone's will.
      if (pid !== undefined && pid !== child.pid && child.kill()) await exited;
      if (pid !== undefined) return;
      await sleep(50, undefined, { signal });
    }
    if (exitCode !== undefined && exitCode !== 0) throw startError(stateDir);
    // Exit code 0 says that another control process holds the lock: it is about to answer, or about to end.
    for (let waitedMs = 0; waitedMs < 1_000; waitedMs += 50) {
      if ((await answering()) !== undefined) return;
      await sleep(50, undefined, { signal });
    }
  }
  throw startError(stateDir);
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code ?? 1));
    child.once("error", () => resolve(1));
  });
}

function spawnControl(stateDir: string): ChildProcess {
  const node = nodeExecutable();
  prepareStateDir(stateDir);
  try {
    const log = openSync(join(stateDir, "logs", "control.log"), "a", 0o600);
    const args = [controlEntry(), "--state-dir", stateDir, "--launched-at", String(Date.now())];
    const child = spawn(node, args, {
      detached: true,
      cwd: stateDir,
      env: hostEnvironment(),
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    child.unref();
    return child;
  } catch (error) {
    throw storageError(error, stateDir);
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

/** The control process's own error, when its last line is one. */
function startError(stateDir: string): SpinError {
  const lines = lastLines(join(stateDir, "logs", "control.log"));
  try {
    return fromAdminError((JSON.parse(lines.at(-1) ?? "") as { error: AdminError }).error);
  } catch {
    const log = lines.length === 0 ? "" : ` Its log ends:\n${lines.join("\n")}\n`;
    return new SpinError("ERR_SPIN_HOST_START", `The host did not start in ${stateDir}.${log}`);
  }
}

function lastLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").trimEnd().split("\n").slice(-8);
  } catch {
    return [];
  }
}
