/** What a command is: its words, what it takes, what it does. */
export interface Command {
  /** `host status` */
  name: string;
  /** Arguments and flags of its own, as the help shows them. */
  usage: string;
  summary: string;
  /** Number of arguments. */
  arguments: number;
  flags?: readonly string[];
  /** Flags that take a value. */
  options?: readonly string[];
  run(line: CommandLine): Promise<Result>;
}

export interface CommandLine {
  arguments: string[];
  flags: ReadonlySet<string>;
  options: ReadonlyMap<string, string>;
  stateDir: string | undefined;
  format: "plain" | "json";
}

export interface Result {
  /** For `--format json`. */
  data?: unknown;
  /** For a person. */
  text?: string;
  /** Default: 0. The output is printed all the same. */
  exitCode?: 0 | 1;
}
