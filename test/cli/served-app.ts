/** `pulumi-spin up` as a process of its own, on a free port. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

export interface Started {
  base_url: string;
  routes: { id: string; route: string; wildcard: boolean; description?: string }[];
}

export class ServedApp {
  stdout = "";
  stderr = "";
  readonly #child: ChildProcess;

  constructor(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const { PATH, HOME } = process.env;
    this.#child = spawn(process.execPath, [main, "up", ...words, "--listen", "127.0.0.1:0"], {
      env: { PATH, HOME, ...environment },
    });
    this.#child.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  /** The first line of `--format json`. Throws what it said instead. */
  async started(): Promise<Started> {
    while (!this.stdout.includes("\n")) {
      if (this.#child.exitCode !== null) throw new Error(this.stderr);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return JSON.parse(this.stdout.split("\n")[0] ?? "") as Started;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    this.#child.kill(signal);
    const [code] = (await once(this.#child, "close")) as [number | null];
    return code;
  }
}
