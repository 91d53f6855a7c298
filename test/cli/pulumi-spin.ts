/** The command as a process of its own. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

export interface Outcome {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export function pulumiSpin(
  words: string[],
  { input = "", stateDir = "/nonexistent", environment = {} as NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [main, ...words], {
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      PULUMI_SPIN_HOST_DIR: stateDir,
      ...environment,
    },
  });
  const outcome: Outcome = { exitCode: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (outcome.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (outcome.stderr += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ ...outcome, exitCode }));
  });
}
