import { execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hostEnvironment } from "../admin/host-environment.ts";

/** Starts an engine that outlives this process: apps go on answering while control is away. One that does not answer is ended. */
export function spawnEngine(stateDir: string, socket: string): void {
  const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  const entry = fileURLToPath(new URL(`../engine/main${extension}`, import.meta.url));
  // It may still be on its way: two would take each other's socket, and nobody would end the one without.
  killEngine(stateDir);
  // What an engine that was killed leaves behind; nobody answers on it.
  rmSync(socket, { force: true });
  const log = openSync(join(stateDir, "logs", "engine.log"), "a", 0o600);
  const child = spawn(process.execPath, [entry, "--state-dir", stateDir, "--socket", socket], {
    detached: true,
    cwd: stateDir,
    env: hostEnvironment(),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.once("error", (error) => console.error("the engine could not be started:", error));
  child.unref();
  if (child.pid !== undefined) writeFileSync(pidFile(stateDir), String(child.pid), { mode: 0o600 });
}

/** The process id of the engine that was started last for this directory, while it lives. */
export function recordedEngine(stateDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile(stateDir), "utf8"));
    // The number may have gone to a stranger since.
    return Number.isInteger(pid) && pid > 1 && isEngineOf(stateDir, commandLineOf(pid)) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Ends the engine that was started last, at once; its process id, if it lived. */
export function killEngine(stateDir: string): number | undefined {
  const pid = recordedEngine(stateDir);
  try {
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  } catch {
    // it ended by itself meanwhile
  }
  return pid;
}

export function forgetEngine(stateDir: string): void {
  rmSync(pidFile(stateDir), { force: true });
}

function isEngineOf(stateDir: string, commandLine: string): boolean {
  return commandLine.includes(stateDir) && commandLine.includes("--socket");
}

function commandLineOf(pid: number): string {
  if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
}

function pidFile(stateDir: string): string {
  return join(stateDir, "engine.pid");
}
