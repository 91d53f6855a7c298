/**
 * `npm run pulumi -- …`: the CLI on the quickstart's backend, in its folder, with nothing of ours on standard
 * output.
 */
import { spawn } from "node:child_process";
import { passSignals } from "../bootstrap/signals.mjs";
import { buildDist } from "../dist.ts";
import { ensureCli } from "../pulumi/cli.ts";
import { openWorkspace } from "./workspace.ts";

export async function main({ args }: { args: string[] }): Promise<number> {
  await buildDist();
  const { cli, projectDir, environment } = openWorkspace(await ensureCli());
  const child = spawn(cli.path, args, { cwd: projectDir, env: environment, stdio: "inherit" });
  // On a terminal the CLI is in its foreground and gets Ctrl-C itself; a second one would make it give up at
  // once.
  const signals = passSignals({
    kill: (signal) => (process.stdin.isTTY && signal === "SIGINT" ? false : child.kill(signal)),
  });
  return new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  }).finally(() => signals.stop());
}
