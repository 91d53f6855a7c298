import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { goEnvironment, installPython, pythonEnvironment } from "../support/language-environments.ts";
import { type LanguageProject, LanguageProjects } from "../support/language-projects.ts";

// A first run compiles Pulumi's SDK for Go and installs the one for Python.
jest.setTimeout(900_000);

let projects: LanguageProjects;
const digests = new Map<string, string>();
beforeAll(async () => {
  projects = await LanguageProjects.open();
});
afterAll(() => projects.remove());

async function succeed(project: LanguageProject, ...args: string[]): Promise<string> {
  const { exitCode, output } = await project.pulumi(...args);
  if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${output}`);
  return output;
}

const generate = (project: LanguageProject, language: string) =>
  succeed(project, "package", "gen-sdk", "../../schema.json", "--language", language, "--out", "sdks");

/** Up, calls, an empty preview, and down again; leaves no process. */
async function deploys(language: string, project: LanguageProject): Promise<void> {
  const secret = (await succeed(project, "config", "get", "token")).trim();
  expect(await succeed(project, "preview")).toContain("17 to create");
  await succeed(project, "up", "--yes", "--skip-preview");
  expect(await project.fetch("/")).toMatchObject({
    status: 200,
    body: expect.stringContaining("Hello from Spin"),
  });
  expect(JSON.parse((await project.fetch("/count")).body)).toMatchObject({ visits: 1 });
  expect(JSON.parse((await project.fetch("/stats/x")).body)).toMatchObject({ visits: 1, pathInfo: "/x" });
  expect(await project.fetch("/fact")).toEqual({ status: 200, body: "Components start in microseconds.\n" });
  expect(JSON.parse((await project.fetch("/token")).body)).toEqual({ tokenLength: secret.length });
  expect(await project.fetch("/outbound/denied")).toMatchObject({ status: 502 });
  await succeed(project, "preview", "--expect-no-changes");
  const exported = await succeed(project, "stack", "export");
  expect(exported).not.toContain(secret);
  expect(exported).toContain("spin:index:HostDeployment");
  digests.set(language, (await succeed(project, "stack", "output", "digest")).trim());
  await succeed(project, "destroy", "--yes", "--skip-preview");
  await expect(project.fetch("/")).rejects.toThrow();
  expect(await project.dispose()).toEqual([]);
}

/** Row 22 of docs/provider-conduct.md. */
describe("plugin", () => {
  test("22 plugin: the quickstart's application, declared in YAML, is deployed and answers", async () => {
    await deploys("yaml", await projects.project("quickstart-yaml"));
  });

  test("22 plugin: the quickstart's application, declared in Python with the generated SDK, is deployed and answers", async () => {
    const environment = await pythonEnvironment();
    const sdk = join(projects.dir, "python-sdk");
    const project = await projects.project("quickstart-python", { PYTHONPATH: sdk });
    const settings = join(project.workspace.projectDir, "Pulumi.yaml");
    writeFileSync(
      settings,
      readFileSync(settings, "utf8").replace("virtualenv: venv", `virtualenv: ${environment}`),
    );
    await generate(project, "python");
    await installPython(environment, join(project.workspace.projectDir, "sdks", "python"), sdk);
    await deploys("python", project);
  });

  test("22 plugin: the quickstart's application, declared in Go with the generated SDK, is deployed and answers", async () => {
    const project = await projects.project("quickstart-go", goEnvironment());
    await generate(project, "go");
    await deploys("go", project);
  });

  test("22 plugin: the quickstart's application, declared in any of them, is the same application", () => {
    expect([...digests.keys()]).toEqual(["yaml", "python", "go"]);
    expect(new Set(digests.values()).size).toBe(1);
  });
});
