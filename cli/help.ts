import { usualFormats } from "./command-line.ts";
import type { Command, Format } from "./command.ts";

export function help(commands: readonly Command[], command?: Command): string {
  if (command !== undefined) {
    const { summary, name, usage, formats = usualFormats, details } = command;
    const more = details === undefined ? "" : `\n${details.trim()}\n`;
    return `${summary}\n\nUsage: pulumi-spin ${name} ${usage}\n${more}${common(formats)}`;
  }
  const width = Math.max(...commands.map(({ name, usage }) => `${name} ${usage}`.length));
  const lines = commands.map(({ name, usage, summary }) =>
    `  ${`${name} ${usage}`.padEnd(width)}  ${summary}`.trimEnd(),
  );
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
