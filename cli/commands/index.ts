import type { Command } from "../command.ts";

/** By first word, in the order of the help. Loaded when asked for: loading all takes longer than most commands. */
const rooms: Readonly<Record<string, () => Promise<readonly Command[]>>> = {
  host: async () => [
    ...(await import("./host.ts")).hostCommands,
    ...(await import("./app.ts")).appCommands,
    (await import("./logs.ts")).logs,
  ],
  up: async () => [(await import("./up.ts")).up],
  synth: async () => [(await import("./synth.ts")).synth],
  import: async () => [(await import("./import.ts")).importCommand],
  lock: async () => [(await import("./lock.ts")).lock],
  review: async () => [(await import("./review.ts")).review],
  inspect: async () => [(await import("./inspect.ts")).inspect],
  doctor: async () => [(await import("./doctor.ts")).doctor],
  push: async () => [(await import("./push.ts")).push],
  pull: async () => [(await import("./pull.ts")).pull],
  copy: async () => [(await import("./copy.ts")).copy],
  sign: async () => [(await import("./sign.ts")).sign],
  verify: async () => [(await import("./verify.ts")).verify],
  sbom: async () => [(await import("./sbom.ts")).sbom],
  attach: async () => [(await import("./attach.ts")).attach],
  login: async () => [(await import("./login.ts")).login],
  logout: async () => [(await import("./login.ts")).logout],
};

export async function allCommands(): Promise<readonly Command[]> {
  return (await Promise.all(Object.values(rooms).map((load) => load()))).flat();
}

/** The command that these words begin with. */
export async function findCommand(words: readonly string[]): Promise<Command | undefined> {
  const [first = ""] = words;
  const commands = Object.hasOwn(rooms, first) ? ((await rooms[first]?.()) ?? []) : [];
  return commands.find(({ name }) => name.split(" ").every((word, index) => words[index] === word));
}
