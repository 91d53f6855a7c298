import { join } from "node:path";
import { LogFile } from "./log-file.ts";

/** Told of a line: of a component's, or of the host's, which has none. */
export type OnLog = (line: string, component?: string) => void;

/** The logs of an app, named as Spin names them, in `<directory>/`. */
export class AppLogs {
  readonly #directory: string;
  readonly #onLog: OnLog | undefined;
  readonly #files = new Map<string, LogFile>();

  constructor(directory: string, onLog?: OnLog) {
    this.#directory = directory;
    this.#onLog = onLog;
  }

  /** What the host has to say about the app: refusals, traps. */
  host(line: string): void {
    // Parts of a line come from guests, and one line must not look like two.
    const shown = line.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
    this.#onLog?.(shown);
    this.#file("host.log").append(`${new Date().toISOString()} ${shown}`);
  }

  /** A line that a component wrote. */
  guest(component: string, stream: "stdout" | "stderr", line: string): void {
    this.#onLog?.(line, component);
    this.#file(`${component.replaceAll(/[^A-Za-z0-9_-]/g, "_")}_${stream}.txt`).append(line);
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }

  #file(name: string): LogFile {
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const file = new LogFile(join(this.#directory, name));
    this.#files.set(name, file);
    return file;
  }
}
