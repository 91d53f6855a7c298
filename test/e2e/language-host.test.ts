import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { runDir } from "../../scripts/bootstrap/paths.mjs";
import { ensureCli } from "../../scripts/pulumi/cli.ts";
import { type PulumiResult, runPulumi } from "../../scripts/quickstart/run-pulumi.ts";
import { openWorkspace } from "../../scripts/quickstart/workspace.ts";

// Inside the checkout, so that the program finds the SDK as a user's program does.
let dir = "";
beforeEach(() => {
  mkdirSync(join(runDir, "test"), { recursive: true });
  dir = mkdtempSync(join(runDir, "test", "language-host-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

async function preview(program: string): Promise<PulumiResult> {
  const projectDir = join(dir, "program");
  mkdirSync(projectDir);
  writeFileSync(join(projectDir, "Pulumi.yaml"), "name: program\nruntime: nodejs\n");
  writeFileSync(join(projectDir, "package.json"), '{ "type": "module", "main": "index.ts" }');
  writeFileSync(join(projectDir, "index.ts"), program);
  const workspace = openWorkspace(await ensureCli(), { projectDir, dir });
  const run = (...args: string[]) =>
    runPulumi(workspace, [...args, "--non-interactive"], { output: "capture" });
  await run("stack", "init", "dev");
  await run("config", "set", "greeting", "Hello");
  await run("config", "set", "--secret", "token", "canary-5d1f");
  return run("preview", "--stack", "dev");
}

describe("the language host beside a CLI that was built", () => {
  test("runs a TypeScript program with its configuration and shows what it prints", async () => {
    const { exitCode, stdout } = await preview(`
      import * as pulumi from "@pulumi/pulumi";
      const config: pulumi.Config = new pulumi.Config();
      console.log(config.require("greeting"), "from", pulumi.getProject(), pulumi.getStack(), process.version.slice(0, 4));
      export const token = config.requireSecret("token");`);
    expect(stdout).toContain("Hello from program dev v24.");
    expect(stdout).toContain("token: [secret]");
    expect(stdout).not.toContain("canary-5d1f");
    expect(exitCode).toBe(0);
  });

  test("reports a program that throws once, with its place", async () => {
    const { exitCode, stdout } = await preview('throw new Error("no route to the moon");');
    expect(stdout.match(/Error: no route to the moon/g)).toHaveLength(1);
    expect(stdout).toContain("index.ts");
    expect(exitCode).not.toBe(0);
  });

  test("reports the exit code of a program that ends by itself", async () => {
    const { exitCode, stdout } = await preview("process.exit(7);");
    expect(stdout).toContain("the program ended with exit code 7");
    expect(exitCode).not.toBe(0);
  });
});
