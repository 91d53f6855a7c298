import { describe, expect, test } from "@jest/globals";
import { parseCommandLine, UsageError } from "../../cli/command-line.ts";
import { commands } from "../../cli/commands/index.ts";
import type { Command } from "../../cli/command.ts";
import { help } from "../../cli/help.ts";

function named(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found === undefined) throw new Error(`there is no command ${name}`);
  return found;
}

const logs = named("host logs");

describe("a command line", () => {
  test("has arguments, flags of the command, and those of all commands, in any order", () => {
    expect(parseCommandLine(logs, ["--format=json", "shop", "--state-dir", "/x", "--follow"])).toEqual({
      arguments: ["shop"],
      flags: new Set(["follow"]),
      stateDir: "/x",
      format: "json",
    });
    expect(parseCommandLine(logs, ["shop"])).toEqual({
      arguments: ["shop"],
      flags: new Set(),
      stateDir: undefined,
      format: "plain",
    });
  });

  test("takes what comes after -- as it is", () => {
    const line = parseCommandLine(named("host set-variable"), ["--", "shop", "name", "--value"]);
    expect(line.arguments).toEqual(["shop", "name", "--value"]);
  });

  test.each([
    [["shop", "--folow"], /no flag --folow.*--follow/],
    [["shop", "--formt=json"], /--format/],
    [["shop", "--format", "yaml"], /plain or json, not "yaml"/],
    [["shop", "-x"], /-x/],
    [[], /takes 1 argument; here are 0/],
    [["a", "b"], /takes 1 argument; here are 2/],
    [["shop", "--state-dir"], /state-dir/],
  ])("%j makes no sense, and the message says why", (words, message) => {
    expect(() => parseCommandLine(logs, words)).toThrow(UsageError);
    expect(() => parseCommandLine(logs, words)).toThrow(message);
  });
});

describe("the help", () => {
  test("lists every command with its summary, and how to read the exit code", () => {
    const text = help(commands);
    for (const { name, summary } of commands) {
      expect(text).toContain(name);
      expect(text).toContain(summary);
    }
    expect(text).toContain("Exit codes: 0 done, 1 failed, 2");
  });

  test("of one command shows its usage", () => {
    expect(help(commands, logs)).toContain("Usage: pulumi-spin host logs NAME [--follow]");
  });
});
