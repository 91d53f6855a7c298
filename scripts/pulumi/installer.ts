import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { Interrupted } from "../bootstrap/failure.mjs";
import { startProgress } from "../bootstrap/progress.mjs";
import { passSignals } from "../bootstrap/signals.mjs";
import { type CliCache, pinnedVersion } from "./cache.ts";

const installScript = "https://get.pulumi.com/install.sh";
const connectTimeoutMs = 5_000;
const installTimeoutMs = 10 * 60_000;

/**
 * Whether the official installer answers at all, told within a few seconds: an offline machine must not hang.
 */
export async function isInstallerReachable(): Promise<boolean> {
  try {
    const response = await fetch(installScript, {
      method: "HEAD",
      signal: AbortSignal.timeout(connectTimeoutMs),
    });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Installs the pinned version into the cache; false, with the reason said, when the installer did not manage.
 */
export async function runInstaller(cache: CliCache, say: (line: string) => void): Promise<boolean> {
  const draft = join(cache.root, "install");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const progress = startProgress(`Installing Pulumi ${pinnedVersion} with the official installer`);
  try {
    const script = join(draft, "install.sh");
    const response = await fetch(installScript, { signal: AbortSignal.timeout(connectTimeoutMs * 4) });
    writeFileSync(script, await response.text());
    const version = pinnedVersion.slice(1);
    const failure = await runScript([
      script,
      "--no-edit-path",
      "--install-root",
      draft,
      "--version",
      version,
    ]);
    if (failure !== undefined) throw new Error(failure);
    rmSync(cache.binDir, { recursive: true, force: true });
    renameSync(join(draft, "bin"), cache.binDir);
    progress.done();
    return true;
  } catch (error) {
    progress.fail();
    if (error instanceof Interrupted) throw error;
    say(`The official installer did not manage: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Runs the install script; the last lines of its output when it fails. */
function runScript(args: string[]): Promise<string | undefined> {
  const child = spawn("/bin/sh", args, { stdio: ["ignore", "pipe", "pipe"], timeout: installTimeoutMs });
  const signals = passSignals(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      signals.stop();
      if (signals.received() !== undefined) reject(new Interrupted());
      else resolve(code === 0 ? undefined : output.trim().split("\n").slice(-5).join("\n"));
    });
  });
}
