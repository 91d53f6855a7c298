import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { connect } from "../../runtime/admin/client.ts";
import { checkout, runDir } from "../../scripts/bootstrap/paths.mjs";
import { packPlugin } from "../../scripts/plugin-package.ts";
import { ensureCli } from "../../scripts/pulumi/cli.ts";
import { runPulumi } from "../../scripts/quickstart/run-pulumi.ts";
import { hostDir, openWorkspace, type Workspace } from "../../scripts/quickstart/workspace.ts";
import { stopHost } from "../support/quickstart.ts";

jest.setTimeout(300_000);

let dir = "";
let workspace: Workspace;
beforeAll(async () => {
  mkdirSync(join(runDir, "test"), { recursive: true });
  dir = mkdtempSync(join(runDir, "test", "package-"));
  const projectDir = join(dir, "program");
  mkdirSync(projectDir);
  const binary = join(checkout, "examples", "quickstart", "components", "stats", "stats.wasm");
  copyFileSync(binary, join(projectDir, "stats.wasm"));
  writeFileSync(
    join(projectDir, "Pulumi.yaml"),
    `name: program
runtime: yaml
resources:
  stats:
    type: spin:Component
    properties: { source: stats.wasm, grants: ["\${store.definition}"] }
  store: { type: spin:CapabilityGrant, properties: { keyValueStores: [default] } }
  all: { type: spin:Route, properties: { route: /..., component: "\${stats.componentId}" } }
  shop: { type: spin:App, properties: { components: ["\${stats.definition}"], routes: ["\${all.definition}"] } }
  local: { type: spin:HostDeployment, properties: { app: "\${shop.definition}", listen: "127.0.0.1:0" } }
outputs: { url: "\${local.url}" }
`,
  );
  workspace = openWorkspace(await ensureCli({ languages: true }), { projectDir, dir });
});
afterAll(async () => {
  expect(await stopHost(await connect({ stateDir: hostDir(dir) }))).toEqual([]);
  rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

async function succeed(...args: string[]): Promise<string> {
  const run = await runPulumi(workspace, [...args, "--non-interactive"], {
    output: "capture",
    // npm's PATH has the checkout's own.
    environment: { PULUMI_IGNORE_AMBIENT_PLUGINS: "true" },
  });
  const output = `${run.stdout}${run.stderr}`;
  if (run.exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${run.exitCode}:\n${output}`);
  return run.stdout;
}

describe("plugin", () => {
  test("22 plugin: the archive is installed as a plugin, which has all that it needs to run an application", async () => {
    const { file } = packPlugin(dir);
    await succeed("plugin", "install", "resource", "spin", "0.1.0", "--file", file);
    expect(await succeed("plugin", "ls")).toMatch(/spin\s+resource\s+0\.1\.0/);
    await succeed("stack", "init", "dev");
    await succeed("up", "--yes", "--skip-preview");
    const url = (await succeed("stack", "output", "url")).trim();
    expect(JSON.parse(await (await fetch(`${url}x`)).text())).toMatchObject({ pathInfo: "/x" });
    await succeed("destroy", "--yes", "--skip-preview");
  });
});
