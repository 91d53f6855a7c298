import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearest } from "../model/did-you-mean.ts";
import type { Command, CommandLine } from "./command.ts";

/** The words make no sense: the message says which, and the caller shows the usage. */
export class UsageError extends Error {}

export function parseCommandLine(command: Command, words: string[]): CommandLine {
  const own = Object.fromEntries((command.flags ?? []).map((flag) => [flag, { type: "boolean" as const }]));
  const options = {
    "state-dir": { type: "string" },
    format: { type: "string", default: "plain" },
    ...own,
  } as const;
  for (const word of words) {
    const flag = word.startsWith("--") ? (word.slice(2).split("=")[0] ?? "") : "";
    if (flag === "" || flag in options) continue;
    const guess = nearest(flag, Object.keys(options));
    throw new UsageError(
      `There is no flag --${flag}.${guess === undefined ? "" : ` Did you mean --${guess}?`}`,
    );
  }
  const { values, positionals } = parse(options, words);
  if (positionals.length !== command.arguments) {
    throw new UsageError(
      `\`${command.name}\` takes ${command.arguments} arguments; here are ${positionals.length}.`,
    );
  }
  const { format } = values;
  if (format !== "plain" && format !== "json")
    throw new UsageError(`--format is plain or json, not "${format}".`);
  const flags = new Set(
    (command.flags ?? []).filter((flag) => (values as unknown as Record<string, unknown>)[flag] === true),
  );
  return { arguments: positionals, flags, stateDir: values["state-dir"], format };
}

interface Values {
  format: string;
  "state-dir"?: string;
}

function parse(
  options: NonNullable<ParseArgsConfig["options"]>,
  words: string[],
): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
    return { values: values as unknown as Values, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
