import { spawn, type StdioOptions } from "node:child_process";
import { Interrupted } from "../bootstrap/failure.mjs";
import { passSignals } from "../bootstrap/signals.mjs";
import type { Workspace } from "./workspace.ts";

export interface PulumiRun {
  /** "show" passes Pulumi's output on as it is; "capture" returns it. */
  output: "show" | "capture";
  /** Written to standard input, for values that must not be arguments. */
  input?: string;
  /** Where "show" goes: 1 standard output, 2 standard error. */
  descriptor?: 1 | 2;
  environment?: NodeJS.ProcessEnv;
}

export interface PulumiResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs the CLI in the project's folder and waits for it. A Ctrl-C reaches it once, so that it finishes the
 * step it is at and writes its state; then this throws Interrupted.
 */
export async function runPulumi(workspace: Workspace, args: string[], run: PulumiRun): Promise<PulumiResult> {
  const { output, input, descriptor = 1, environment = {} } = run;
  const stdin = input === undefined ? "ignore" : "pipe";
  const stdio: StdioOptions = output === "show" ? [stdin, descriptor, 2] : [stdin, "pipe", "pipe"];
  const child = spawn(workspace.cli.path, args, {
    cwd: workspace.projectDir,
    env: { ...workspace.environment, ...environment },
    stdio,
    // In a session of its own the terminal's Ctrl-C does not reach it a second time, which would make it give
    // up at once.
    detached: true,
  });
  const signals = passSignals({
    kill: () => {
      if (output === "show") process.stderr.write("\nWaiting for Pulumi to finish the step it is at …\n");
      child.kill("SIGINT");
    },
  });
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr?.on("data", (chunk) => (stderr += String(chunk)));
  child.stdin?.end(input);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  }).finally(() => signals.stop());
  if (signals.received() !== undefined) throw new Interrupted();
  return { exitCode, stdout, stderr };
}
