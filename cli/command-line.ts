import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearest } from "../model/did-you-mean.ts";
import { describeError, SpinError } from "../model/errors/index.ts";
import type { Command, CommandLine, Format } from "./command.ts";

export const usualFormats: readonly Format[] = ["plain", "json"];

/** Throws ERR_SPIN_CLI_USAGE with the command's usage as the next step. */
export function parseCommandLine(command: Command, words: string[]): CommandLine {
  const letterOf = new Map(Object.entries(command.letters ?? {}).map(([letter, name]) => [name, letter]));
  const declare = <T extends object>(
    names: readonly string[] = [],
    type: T,
  ): Record<string, T & { short?: string }> =>
    Object.fromEntries(
      names.map((name) => [
        name,
        { ...type, ...(letterOf.has(name) && { short: letterOf.get(name) ?? "" }) },
      ]),
    );
  const formats = command.formats ?? usualFormats;
  const options = {
    "state-dir": { type: "string" },
    format: { type: "string", default: formats[0] ?? "plain" },
    ...declare(command.flags, { type: "boolean" as const }),
    ...declare(command.options, { type: "string" as const }),
    ...declare(command.lists, { type: "string" as const, multiple: true }),
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
  const most = command.arguments + (command.optionalArguments ?? 0);
  if (positionals.length < command.arguments || positionals.length > most) {
    const takes = most === command.arguments ? count(most) : `at most ${count(most)}`;
    throw usageError(command, `\`${command.name}\` takes ${takes}; here: ${positionals.length}.`);
  }
  const format = formats.find((it) => it === values.format);
  if (format === undefined)
    throw usageError(command, `--format is ${formats.join(" or ")}, not "${values.format}".`);
  const found = values as unknown as Record<string, unknown>;
  const flags = new Set((command.flags ?? []).filter((flag) => found[flag] === true));
  const given = (command.options ?? []).flatMap((option): [string, string][] => {
    const value = found[option];
    return typeof value === "string" ? [[option, value]] : [];
  });
  const lists = new Map((command.lists ?? []).map((name) => [name, (found[name] ?? []) as string[]]));
  return {
    arguments: positionals,
    flags,
    options: new Map(given),
    lists,
    stateDir: values["state-dir"],
    format,
  };
}

function count(number: number): string {
  return number === 1 ? "1 argument" : `${number} arguments`;
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
