/** The pulumi-spin command: finds the command, runs it, and says how it went. */
import { nearest } from "../model/did-you-mean.ts";
import { isSpinError, SpinError } from "../model/errors/index.ts";
import { toAdminError } from "../runtime/admin/admin-error.ts";
import { allCommands, findCommand } from "./commands/index.ts";
import { parseCommandLine } from "./command-line.ts";
import { commandHelp, help } from "./help.ts";

const exitCodes = { ok: 0, failure: 1, usage: 2 };

/** Gives the exit code. */
export async function main(words: string[]): Promise<number> {
  const command = await findCommand(words);
  const isAsked = words.length === 0 || words[0] === "help" || words.some((word) => helpFlags.includes(word));
  if (isAsked) {
    process.stdout.write(command === undefined ? help(await allCommands()) : commandHelp(command));
    return exitCodes.ok;
  }
  try {
    if (command === undefined) throw await unknownCommand(words);
    const line = parseCommandLine(command, words.slice(command.name.split(" ").length));
    const { data, text, exitCode = exitCodes.ok } = await command.run(line);
    if (line.format === "json") process.stdout.write(`${JSON.stringify(data ?? null)}\n`);
    else if (text !== undefined) process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
    return exitCode;
  } catch (error) {
    if (!isSpinError(error)) throw error;
    if (isJsonAsked(words)) process.stdout.write(`${JSON.stringify({ error: toAdminError(error) })}\n`);
    process.stderr.write(`error: ${error.message}\n  ${error.hint} [${error.code}]\n`);
    return error.code === "ERR_SPIN_CLI_USAGE" ? exitCodes.usage : exitCodes.failure;
  }
}

const helpFlags = ["--help", "-h"];

/** Also where the rest of the words makes no sense. */
function isJsonAsked(words: string[]): boolean {
  return words.includes("--format=json") || words[words.indexOf("--format") + 1] === "json";
}

async function unknownCommand(words: string[]): Promise<SpinError> {
  const typed = words
    .filter((word) => !word.startsWith("-"))
    .slice(0, 2)
    .join(" ");
  const names = (await allCommands()).map(({ name }) => name);
  const guess = nearest(typed, names);
  return new SpinError("ERR_SPIN_CLI_USAGE", `There is no command "${typed}".`, {
    hint:
      guess === undefined
        ? "`pulumi-spin help` lists the commands."
        : `Did you mean \`pulumi-spin ${guess}\`?`,
  });
}
