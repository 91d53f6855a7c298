import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearest } from "../model/did-you-mean.ts";
import { describeError, SpinError } from "../model/errors/index.ts";
import type { Command, CommandLine } from "./command.ts";

/** Throws ERR_SPIN_CLI_USAGE with the command's usage as the next step. */
export function parseCommandLine(command: Command, words: string[]): CommandLine {
  const own = Object.fromEntries((command.flags ?? []).map((flag) => [flag, { type: "boolean" as const }]));
  const valued = Object.fromEntries(
    (command.options ?? []).map((option) => [option, { type: "string" as const }]),
  );
  const options = {
    "state-dir": { type: "string" },
    format: { type: "string", default: "plain" },
    ...own,
    ...valued,
  } as const;
  for (const word of words) {
    if (word === "--") break;
    const flag = word.startsWith("--") ? (word.slice(2).split("=")[0] ?? "") : "";
    if (flag === "" || flag in options) continue;
    const guess = nearest(flag, Object.keys(options));
    throw usageError(
      command,
      `There is no flag --${flag}.${guess === undefined ? "" : ` Did you mean --${guess}?`}`,
    );
  }
  const { values, positionals } = parse(command, options, words);
  if (positionals.length !== command.arguments) {
    const takes = command.arguments === 1 ? "1 argument" : `${command.arguments} arguments`;
    throw usageError(command, `\`${command.name}\` takes ${takes}; here: ${positionals.length}.`);
  }
  const { format } = values;
  if (format !== "plain" && format !== "json")
    throw usageError(command, `--format is plain or json, not "${format}".`);
  const flags = new Set(
    (command.flags ?? []).filter((flag) => (values as unknown as Record<string, unknown>)[flag] === true),
  );
  const given = (command.options ?? []).flatMap((option): [string, string][] => {
    const value = (values as unknown as Record<string, unknown>)[option];
    return typeof value === "string" ? [[option, value]] : [];
  });
  return { arguments: positionals, flags, options: new Map(given), stateDir: values["state-dir"], format };
}

interface Values {
  format: string;
  "state-dir"?: string;
}

function parse(
  command: Command,
  options: NonNullable<ParseArgsConfig["options"]>,
  words: string[],
): { values: Values; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: words, options, allowPositionals: true });
    return { values: values as unknown as Values, positionals };
  } catch (error) {
    throw usageError(command, describeError(error));
  }
}

function usageError({ name, usage }: Command, message: string): SpinError {
  const hint = `Usage: pulumi-spin ${`${name} ${usage}`.trimEnd()}`;
  return new SpinError("ERR_SPIN_CLI_USAGE", message, { hint });
}
