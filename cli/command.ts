/** What a command is: its words, what it takes, what it does. */
export interface Command {
  /** `host status` */
  name: string;
  /** Arguments and flags of its own, as the help shows them. */
  usage: string;
  summary: string;
  /** Shown in the command's own help: what its flags mean. */
  details?: string;
  /** Number of arguments. */
  arguments: number;
  /** How many more there may be. Default: none. */
  optionalArguments?: number;
  /** What `--format` takes, the default first. Default: plain and json. */
  formats?: readonly Format[];
  flags?: readonly string[];
  /** Flags that take a value. */
  options?: readonly string[];
  /** Flags that take a value and may be there more than once. */
  lists?: readonly string[];
  /** One letter for a flag or an option, for example `f` for `from`. */
  letters?: Readonly<Record<string, string>>;
  run(line: CommandLine): Promise<Result>;
}

/** `plain` and `markdown` are for people, at a terminal and in a pull request; `json` is for programs. */
export type Format = "plain" | "markdown" | "json";

export interface CommandLine {
  arguments: string[];
  flags: ReadonlySet<string>;
  options: ReadonlyMap<string, string>;
  lists: ReadonlyMap<string, string[]>;
  stateDir: string | undefined;
  format: Format;
}

export interface Result {
  /** For `--format json`. */
  data?: unknown;
  /** For a person. */
  text?: string;
  /** Default: 0. The output is printed all the same. */
  exitCode?: 0 | 1;
}
