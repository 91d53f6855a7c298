import { usualFormats } from "./command-line.ts";
import type { Command, Format } from "./command.ts";

const widest = 40;

/** Of one command. */
export function commandHelp({ summary, name, usage, formats = usualFormats, details }: Command): string {
  const more = details === undefined ? "" : `\n${details.trim()}\n`;
  return `${summary}\n\nUsage: pulumi-spin ${name} ${usage}\n${more}${common(formats)}`;
}

/** Of all commands. */
export function help(commands: readonly Command[]): string {
  const words = commands.map(({ name, usage }) => `${name} ${usage}`.trimEnd());
  const width = Math.max(...words.map(({ length }) => length).filter((length) => length <= widest));
  const lines = commands.map(({ summary }, index) => {
    const text = words[index] ?? "";
    // What takes many flags has its summary on a line of its own.
    const lineEnd = text.length > width ? `\n  ${" ".repeat(width)}` : "";
    return `  ${text.padEnd(width)}${lineEnd}  ${summary}`;
  });
  return `pulumi-spin: Spin applications (spinframework.dev) as code\n\n${lines.join("\n")}\n${common(usualFormats)}`;
}

function common(formats: readonly Format[]): string {
  return `
With each command:
  --state-dir DIR    The host's folder. Default: PULUMI_SPIN_HOST_DIR, else the user's state folder.
  --format ${formats.join("|")}
                     Default: ${formats[0]}. With json, one JSON value on stdout; a failure is {"error": …}.

Exit codes: 0 done, 1 failed or found what it is to fail on, 2 the command line makes no sense.
`;
}
