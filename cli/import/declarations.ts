/** Statements of a program, and parts of them. */
import type { BuildCommands, TriggerDefinition, VariableDefinition } from "../../model/definition.ts";
import { Call, code, type Member, Members } from "./code.ts";

export function statement(name: string, call: Call): string {
  return `const ${name} = ${code(call, 0, name.length + 9)};`;
}

export function variableCall({ name, secret, description, ...variable }: VariableDefinition): Call {
  const args = [
    { key: "default", value: variable.default },
    { key: "secret", value: secret || undefined },
    { key: "description", value: description },
  ];
  return new Call("Variable", name, new Members(args));
}

/** Without globs nothing tells that a build is due. */
export function buildMembers({
  command,
  commands,
  workdir,
  watch,
}: BuildCommands & { workdir?: string; watch: string[] }): Members {
  const isUnwatched = watch.length === 0;
  return new Members([
    {
      key: commands === undefined ? "command" : "commands",
      value: commands ?? command,
      comments: isUnwatched
        ? ["Without `watch`, nothing but a change of the command makes a build due."]
        : [],
    },
    { key: "workdir", value: workdir },
    isUnwatched ? undefined : { key: "watch", value: watch },
  ]);
}

export function isPlainRedis({
  type,
  component,
  components,
  dependencies,
  settings = {},
}: TriggerDefinition): boolean {
  return (
    type === "redis" &&
    component !== undefined &&
    components === undefined &&
    dependencies === undefined &&
    Object.keys(settings).every((key) => ["channel", "address"].includes(key)) &&
    "channel" in settings
  );
}

export function members(settings: object = {}): Member[] {
  return Object.entries(settings).map(([key, value]) => ({ key, value }));
}

/** A call in a list, with its comments above it. */
export function commented({ kind, name, args }: Call, comments: string[]): Call {
  return new Call(kind, name, args, comments);
}

export function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
