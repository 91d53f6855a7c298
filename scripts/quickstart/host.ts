/** `npm run host -- …`: `pulumi-spin host …` on the quickstart's own host. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkout, runDir } from "../bootstrap/paths.mjs";
import { buildDist } from "../dist.ts";
import { hostDir } from "./workspace.ts";

export async function main({ args }: { args: string[] }): Promise<number> {
  await buildDist();
  const command = join(checkout, "dist", "cli", "main.js");
  const child = spawn(process.execPath, [command, "host", ...args, "--state-dir", hostDir(runDir)], {
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
