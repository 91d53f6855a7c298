import { describe, expect, jest, test } from "@jest/globals";
import { allCommands } from "../../cli/commands/index.ts";
import { parseCommandLine } from "../../cli/command-line.ts";
import { pulumiSpin } from "./pulumi-spin.ts";

jest.setTimeout(60_000);

const commands = await allCommands();
const logs = commands.find(({ name }) => name === "host logs");

describe("the help", () => {
  test("lists every command, the common flags and the exit codes", async () => {
    const { exitCode, stdout } = await pulumiSpin(["--help"]);
    expect(exitCode).toBe(0);
    const missing = commands.filter(
      ({ name, summary }) => !stdout.includes(`  ${name} `) || !stdout.includes(summary),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(stdout).toMatch(/--state-dir.*--format.*Exit codes: 0 .*1 .*2 /s);
  });

  test("of one command shows its usage and nothing of the others", async () => {
    const { exitCode, stdout } = await pulumiSpin(["host", "set-variable", "--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("pulumi-spin host set-variable NAME VARIABLE VALUE|-");
    expect(stdout).not.toContain("stop-app");
  });
});

describe("a command line that makes no sense", () => {
  test.each([
    [["host", "statsu"], /no command "host statsu".*Did you mean `pulumi-spin host status`/s],
    [["frobnicate"], /no command "frobnicate".*pulumi-spin help/s],
    [["host", "apps", "--fromat", "json"], /no flag --fromat\. Did you mean --format\?/],
    [["host", "app"], /takes 1 argument; here: 0.*Usage: pulumi-spin host app NAME/s],
    [["host", "status", "extra"], /takes 0 arguments; here: 1/],
    [["host", "status", "--format", "xml"], /plain or json, not "xml"/],
  ])("%j ends with 2 and says what to write", async (words, expected) => {
    const { exitCode, stdout, stderr } = await pulumiSpin(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(expected);
  });

  test("is an error in JSON where JSON was asked for", async () => {
    const { exitCode, stdout } = await pulumiSpin(["host", "ap", "--format", "json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "ERR_SPIN_CLI_USAGE", fault: "user" } });
  });
});

describe("parseCommandLine", () => {
  test("takes flags before and after arguments, and words after -- as they are", () => {
    if (logs === undefined) throw new Error("there is no command host logs");
    expect(parseCommandLine(logs, ["--follow", "--state-dir", "dir", "shop"])).toEqual({
      arguments: ["shop"],
      flags: new Set(["follow"]),
      options: new Map(),
      lists: new Map(),
      stateDir: "dir",
      format: "plain",
    });
    expect(parseCommandLine(logs, ["--format=json", "--", "--follow"])).toMatchObject({
      arguments: ["--follow"],
      flags: new Set(),
      format: "json",
    });
  });
});
