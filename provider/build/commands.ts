import type { BuildCommands } from "../../model/definition.ts";

/** What is started: a program with its arguments, or a text for the shell. */
export interface Step {
  program: string;
  args: string[];
  isShell: boolean;
}

/** The steps of a build, one after the other. */
export function stepsOf({ command = [], commands }: BuildCommands): Step[] {
  if (commands !== undefined) return commands.map(shell);
  if (typeof command === "string") return [shell(command)];
  const [program = "", ...args] = command;
  return [{ program, args, isShell: false }];
}

function shell(program: string): Step {
  return { program, args: [], isShell: true };
}

export function describeStep({ program, args }: Step): string {
  return [program, ...args].join(" ");
}

export function describeBuild(build: BuildCommands): string {
  return stepsOf(build).map(describeStep).join(" && ");
}
