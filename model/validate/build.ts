import type { BuildCommands, ComponentDefinition } from "../definition.ts";
import { type Issue, issue } from "../errors/index.ts";
import { below } from "./resource-paths.ts";

/** Exactly one of `command` and `commands`; in a profile none is fine too. Members that are `undefined` are not known yet. */
export function buildIssues({ build, profiles }: Partial<ComponentDefinition>): Issue[] {
  return [
    ...(build === undefined ? [] : commandIssues(build, "build", true)),
    ...Object.entries(profiles ?? {}).flatMap(([name, profile]) =>
      profile === undefined ? [] : commandIssues(profile, `profiles.${name}`, false),
    ),
  ];
}

function commandIssues(build: BuildCommands, path: string, isRequired: boolean): Issue[] {
  const given = (["command", "commands"] as const).filter((name) => name in build);
  if (given.length === 2) {
    const message = `${path} has both a command and commands; expected one of them.`;
    return [problem(below(path, "commands"), message, "Remove one of them.")];
  }
  if (given.length === 0)
    return isRequired ? [problem(path, `${path} has no command.`, "Add `command` or `commands`.")] : [];
  const [name = "command"] = given;
  const value = build[name];
  const isEmpty = value !== undefined && (value.length === 0 || [value].flat().some((it) => it === ""));
  // Words of a program may be empty, but for the first.
  const isArgument = name === "command" && Array.isArray(value) && value.length > 0 && value[0] !== "";
  if (!isEmpty || isArgument) return [];
  return [problem(below(path, name), `${below(path, name)} is empty.`, "Say what builds the component.")];
}

function problem(path: string, message: string, hint: string): Issue {
  return issue("ERR_SPIN_COMPONENT_BUILD", path, message, { hint });
}
