import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/**
 * A log that is appended to line by line. Each line is handed to the kernel before the call returns, so that none is lost
 * when the process is killed, and a guest that logs without end fills no memory.
 */
export class LogFile {
  readonly #path: string;
  #descriptor: number | undefined;
  #hasFailed = false;

  constructor(path: string) {
    this.#path = path;
  }

  append(line: string): void {
    try {
      writeSync((this.#descriptor ??= this.#open()), `${line}\n`);
    } catch (error) {
      this.#report(error);
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): number {
    mkdirSync(dirname(this.#path), { recursive: true });
    return openSync(this.#path, "a");
  }

  /** A full disk is no reason to fail requests; it is said once. */
  #report(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    process.stderr.write(`cannot write ${this.#path}: ${String(error)}\n`);
  }
}
