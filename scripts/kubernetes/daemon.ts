import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** One long-running process, with what it says in a file. */
export class Daemon {
  readonly #name: string;
  readonly #log: string;
  readonly #child: ChildProcess;

  constructor(name: string, command: string[], { log, env = {} }: { log: string; env?: NodeJS.ProcessEnv }) {
    const output = openSync(log, "a");
    const [program = "", ...args] = command;
    this.#name = name;
    this.#log = log;
    this.#child = spawn(program, args, {
      stdio: ["ignore", output, output],
      env: { ...process.env, ...env },
    });
    // Told by `hasEnded`.
    this.#child.on("error", () => undefined);
    closeSync(output);
  }

  get hasEnded(): boolean {
    const { exitCode, signalCode, pid } = this.#child;
    return pid === undefined || exitCode !== null || signalCode !== null;
  }

  /** Waits until it is as wanted; throws with the end of its log when it has ended. */
  async until(isReady: () => Promise<boolean>, what: string): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      if (this.hasEnded) throw new Error(`${this.#name} ended:\n${this.tail()}`);
      if (await isReady()) return;
      await sleep(100);
    }
    throw new Error(`${this.#name}: ${what} did not come about:\n${this.tail()}`);
  }

  tail(): string {
    return readFileSync(this.#log, "utf8").split("\n").slice(-15).join("\n");
  }

  /** Asks it to end, and ends it when it does not. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    this.#child.kill(signal);
    const late = setTimeout(() => this.#child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(late);
  }
}
