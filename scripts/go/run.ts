import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { explainToolFailure } from "../bootstrap/explain.mjs";
import { Interrupted } from "../bootstrap/failure.mjs";
import { passSignals } from "../bootstrap/signals.mjs";

export interface GoRun {
  cwd: string;
  env: NodeJS.ProcessEnv;
  onStderrLine: (line: string) => void;
}

/**
 * Runs the go command and returns its standard output. Throws a Failure with its last lines, or Interrupted.
 */
export async function runGo(go: string, args: string[], { cwd, env, onStderrLine }: GoRun): Promise<string> {
  const child = spawn(go, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const signals = passSignals(child);
  const lines: string[] = [];
  let stdout = "";
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  createInterface({ input: child.stderr }).on("line", (line) => {
    lines.push(line);
    onStderrLine(line);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  }).finally(() => signals.stop());
  if (signals.received() !== undefined) throw new Interrupted();
  if (exitCode !== 0) {
    const telling = lines.filter((line) => line.includes(" ") && !line.startsWith("go: downloading "));
    throw explainToolFailure(`go ${args[0]}`, telling.join("\n"), { dir: cwd, exitCode });
  }
  return stdout;
}
