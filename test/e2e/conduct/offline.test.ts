import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { execa } from "execa";
import { frontEnds } from "../../support/front-ends.ts";
import { openProgram, type Program } from "../../support/program.ts";
import { shop } from "./shop.ts";

jest.setTimeout(300_000);

describe.each(frontEnds)("$name", (frontEnd) => {
  let program: Program;
  beforeAll(async () => {
    // The host asks the app itself: nobody else reaches it there.
    const text = shop({ listen: "127.0.0.1:8080" }, { inputs: { health: { path: "/fact" } } });
    program = await openProgram({ files: frontEnd.files(text, "program") });
  });
  afterAll(() => program.dispose());

  /** In a network of its own, in which there is nothing but this machine. */
  async function alone(...command: string[]): Promise<string> {
    const { projectDir, environment } = program.workspace;
    const script = 'ip link set lo up && exec "$@"';
    const { stdout } = await execa(
      "unshare",
      ["--map-root-user", "--net", "sh", "-c", script, "sh", ...command],
      {
        cwd: projectDir,
        env: environment,
        extendEnv: false,
      },
    );
    return stdout;
  }
  const pulumi = (...args: string[]): Promise<string> =>
    alone(program.workspace.cli.path, ...args, "--non-interactive", "--stack", program.workspace.stack);

  test("24: from nothing to nothing without a network, and without an account", async () => {
    expect(await alone("ip", "-brief", "link")).toMatch(/^lo\s[^\n]*$/);
    expect(Object.keys(program.workspace.environment)).not.toContain("PULUMI_ACCESS_TOKEN");
    await pulumi("preview");
    await pulumi("up", "--yes", "--skip-preview");
    await pulumi("preview", "--expect-no-changes");
    await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(await program.state()).toEqual([]);
  });
});
