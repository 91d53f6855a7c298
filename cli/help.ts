import type { Command } from "./command.ts";

export function help(commands: readonly Command[], command?: Command): string {
  if (command !== undefined)
    return `${command.summary}\n\nUsage: pulumi-spin ${command.name} ${command.usage}\n${common}`;
  const width = Math.max(...commands.map(({ name, usage }) => `${name} ${usage}`.length));
  const lines = commands.map(({ name, usage, summary }) =>
    `  ${`${name} ${usage}`.padEnd(width)}  ${summary}`.trimEnd(),
  );
  return `pulumi-spin: Spin applications (spinframework.dev) as code\n\n${lines.join("\n")}\n${common}`;
}

const common = `
With each command:
  --state-dir DIR        The host's folder. Default: PULUMI_SPIN_HOST_DIR, else the user's state folder.
  --format plain|json    Default: plain. With json, one JSON value on stdout; a failure is {"error": …}.

Exit codes: 0 done, 1 failed, 2 the command line makes no sense.
`;
