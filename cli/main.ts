#!/usr/bin/env node
/** The pulumi-spin command: finds the command, runs it, and says how it went. */
import { nearest } from "../model/did-you-mean.ts";
import { isSpinError } from "../model/errors/index.ts";
import { toAdminError } from "../runtime/admin/admin-error.ts";
import { commands } from "./commands/index.ts";
import { parseCommandLine, UsageError } from "./command-line.ts";
import { help } from "./help.ts";

const exitCodes = { ok: 0, failure: 1, usage: 2 };

async function main(words: string[]): Promise<number> {
  const command = commands.find(({ name }) => name.split(" ").every((word, index) => words[index] === word));
  if (command === undefined || words.includes("--help") || words.includes("-h")) {
    const isAsked =
      words.length === 0 || words.includes("--help") || words.includes("-h") || words[0] === "help";
    if (isAsked) process.stdout.write(help(commands, command));
    else process.stderr.write(`${unknownCommand(words)}\n`);
    return isAsked ? exitCodes.ok : exitCodes.usage;
  }
  const asJson = words.includes("json") || words.includes("--format=json");
  try {
    const line = parseCommandLine(command, words.slice(command.name.split(" ").length));
    const { data, text } = await command.run(line);
    if (line.format === "json") process.stdout.write(`${JSON.stringify(data ?? null)}\n`);
    else if (text !== undefined) process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\nUsage: pulumi-spin ${command.name} ${command.usage}\n`);
      return exitCodes.usage;
    }
    if (!isSpinError(error)) throw error;
    if (asJson) process.stdout.write(`${JSON.stringify({ error: toAdminError(error) })}\n`);
    process.stderr.write(`error: ${error.message}\n  ${error.hint} [${error.code}]\n`);
    return exitCodes.failure;
  }
}

function unknownCommand(words: string[]): string {
  const typed = words
    .filter((word) => !word.startsWith("-"))
    .slice(0, 2)
    .join(" ");
  const guess = nearest(
    typed,
    commands.map(({ name }) => name),
  );
  const next =
    guess === undefined ? "`pulumi-spin help` lists the commands." : `Did you mean "pulumi-spin ${guess}"?`;
  return `There is no command "${typed}". ${next}`;
}

main(process.argv.slice(2)).then(
  // Set, not exited with: output that is still on its way is not cut off.
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = exitCodes.failure;
  },
);
