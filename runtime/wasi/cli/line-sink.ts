import type { ByteSink } from "../io/output-stream.ts";

/** Takes a line of guest output, without its line feed. */
export type LineWriter = (line: string) => void;

/** Most bytes that are kept while waiting for a line feed; a longer line is cut there. */
const longestLine = 65_536;

/** Guest output as lines. Text that is not UTF-8 gets replacement characters. */
export class LineSink implements ByteSink {
  readonly #write: LineWriter;
  readonly #decoder = new TextDecoder();
  #rest = "";

  constructor(write: LineWriter) {
    this.#write = write;
  }

  isReady(): boolean {
    return true;
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  budget(): number {
    return longestLine;
  }

  write(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#write(line);
    if (this.#rest.length >= longestLine) this.end();
  }

  flush(): void {}

  /** A dropped stream may be opened again and go on in the same line; `end` writes what is left. */
  close(): void {}

  end(): void {
    if (this.#rest !== "") this.#write(this.#rest);
    this.#rest = "";
  }
}
