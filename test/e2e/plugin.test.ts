import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { execa } from "execa";
import { connect } from "../../runtime/admin/client.ts";
import { checkout, runDir } from "../../scripts/bootstrap/paths.mjs";
import { ensureCli } from "../../scripts/pulumi/cli.ts";
import { type PulumiResult, runPulumi } from "../../scripts/quickstart/run-pulumi.ts";
import { hostDir, openWorkspace, type Workspace } from "../../scripts/quickstart/workspace.ts";
import { freePort } from "../../scripts/debian/free-port.ts";
import { stopHost } from "../support/quickstart.ts";

jest.setTimeout(180_000);

const canary = "canary-3e7b";
let dir = "";
let port = 0;
let workspace: Workspace;
beforeAll(async () => {
  mkdirSync(join(runDir, "test"), { recursive: true });
  dir = mkdtempSync(join(runDir, "test", "plugin-"));
  port = await freePort();
  mkdirSync(join(dir, "program"));
  write(program());
  workspace = openWorkspace(await ensureCli({ languages: true }), { projectDir: join(dir, "program"), dir });
  await succeed("stack", "init", "dev");
});
afterAll(async () => {
  expect(await stopHost(await connect({ stateDir: hostDir(dir) }))).toEqual([]);
  rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

/** A small application without components, in YAML; the plugin is the one of this checkout. */
function program({ greeting = "Hello", deployment = "", more = "" } = {}): string {
  return `name: program
runtime: yaml
plugins:
  providers:
    - { name: spin, path: ${checkout} }
outputs: { url: "\${local.url}" }
resources:
  greeting: { type: spin:Variable, properties: { default: ${greeting} } }
  token: { type: spin:Variable, properties: { secret: true } }
  fact: { type: spin:Route, properties: { route: /fact, staticResponse: { body: fact } } }
  shop:
    type: spin:App
    properties:
      variables: ["\${greeting.definition}", "\${token.definition}"]
      routes: ["\${fact.definition}"]
  local:
    type: spin:HostDeployment
    properties:
      app: \${shop.definition}
      listen: 127.0.0.1:${port}
      variables: { token: { "fn::secret": ${canary} } }
    ${deployment}
${more}
`;
}

function write(text: string): void {
  writeFileSync(join(dir, "program", "Pulumi.yaml"), text);
}

async function pulumi(...args: string[]): Promise<PulumiResult & { output: string }> {
  const result = await runPulumi(workspace, [...args, "--non-interactive"], { output: "capture" });
  return { ...result, output: `${result.stdout}${result.stderr}` };
}

async function succeed(...args: string[]): Promise<string> {
  const { exitCode, output } = await pulumi(...args);
  if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${output}`);
  return output;
}

async function refused(...args: string[]): Promise<string> {
  const { exitCode, output } = await pulumi(...args);
  expect(exitCode).not.toBe(0);
  return output.replace(/\s+/g, " ");
}

const up = () => succeed("up", "--yes", "--skip-preview");
const fact = () => fetch(`http://127.0.0.1:${port}/fact`).then((response) => response.text());

describe("a program of the plugin, from nothing to nothing", () => {
  test("is previewed with what will be, and nothing is written", async () => {
    const shown = await succeed("preview", "--diff");
    expect(shown).toMatch(/name *: "token"/);
    expect(shown).toContain(`http://127.0.0.1:${port}/`);
    expect(shown).not.toContain(canary);
    expect(existsSync(hostDir(dir))).toBe(false);
  });

  test("is deployed, and the secret is in nothing that Pulumi keeps or says", async () => {
    const said = await up();
    expect(await fact()).toBe("fact");
    const exported = await succeed("stack", "export");
    const others = [await succeed("preview", "--diff", "--show-sames"), await succeed("preview", "--json")];
    for (const text of [said, exported, ...others]) expect(text).not.toContain(canary);
    expect(await succeed("preview", "--expect-no-changes")).toContain("6 unchanged");
  });

  test("that changes, is previewed property by property, with the URL known", async () => {
    write(program({ greeting: "Servus" }));
    const shown = await succeed("preview", "--diff");
    expect(shown).toMatch(/~ default: "Hello" => "Servus"/);
    expect(shown).toMatch(/~ digest *: "sha256:\w+" => "sha256:\w+"/);
    expect(shown).not.toContain("replace");
    await up();
  });

  test("whose app was changed behind its back, shows what, and brings it back", async () => {
    const host = await connect({ stateDir: hostDir(dir), start: true });
    await host.setVariable("shop", "greeting", "tampered");
    const found = await succeed("refresh", "--preview-only", "--diff");
    expect(found).toMatch(/variables: \{[\s\S]*greeting: "tampered"/);
    expect(found).not.toContain(canary);
    await succeed("up", "--yes", "--skip-preview", "--refresh");
    expect((await host.getApp("shop"))?.variables).toEqual({ token: canary });
    await host.deleteApp("shop");
    await succeed("up", "--yes", "--skip-preview", "--refresh");
    expect(await fact()).toBe("fact");
  });

  test("that gives a secret where the manifest would show it, is refused at its place", async () => {
    write(
      program({
        more: `  leak: { type: spin:Route, properties: { route: /x, staticResponse: { body: { "fn::secret": ${canary} } } } }`,
      }),
    );
    const said = await refused("preview");
    expect(said).toContain("staticResponse.body");
    expect(said).toContain("ERR_SPIN_INPUT_SECRET");
    expect(said).not.toContain(canary);
  });
});

describe("import", () => {
  test("takes a deployment that runs into the stack, by the command and by the option", async () => {
    write(program({ greeting: "Servus" }));
    await succeed("state", "delete", "--yes", urnOf("HostDeployment", "local"));
    const target = ["spin:index:HostDeployment", "local", "shop"];
    const flags = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
    const said = await succeed("import", ...target, ...flags);
    expect(said).toMatch(/1 imported/);
    expect(await succeed("stack", "export")).not.toContain(canary);
    await succeed("state", "delete", "--yes", urnOf("HostDeployment", "local"));
    write(program({ greeting: "Servus", deployment: "options: { import: shop }" }));
    expect(await up()).toMatch(/1 imported/);
    write(program({ greeting: "Servus" }));
    await succeed("preview", "--expect-no-changes");
  });

  test("says so when there is no such deployment, or nothing that could be imported", async () => {
    const generate = ["--yes", "--skip-preview", "--generate-code=false"];
    expect(await refused("import", "spin:index:HostDeployment", "other", "nobody", ...generate)).toContain(
      "'nobody' does not exist",
    );
    expect(await refused("import", "spin:index:Variable", "other", "greeting", ...generate)).toContain(
      "ERR_SPIN_IMPORT_PURE",
    );
  });
});

test("Ctrl-C during a build ends it, and the stack goes on from there", async () => {
  const started = join(dir, "program", "started");
  writeFileSync(join(dir, "program", "source.txt"), "x");
  const build = '{ command: [sh, -c, "touch started; exec sleep 600"], watch: [source.txt] }';
  const slow = `{ type: spin:Component, properties: { source: slow.wasm, build: ${build} } }`;
  write(program({ greeting: "Servus", more: `  slow: ${slow}` }));
  const args = ["up", "--yes", "--skip-preview", "--non-interactive"];
  const { cli, projectDir, environment } = workspace;
  const options = { cwd: projectDir, env: environment, extendEnv: false, detached: true } as const;
  const running = execa(cli.path, args, { ...options, reject: false, all: true });
  while (!existsSync(started)) await sleep(50);
  running.kill("SIGINT");
  const { exitCode, all } = await running;
  expect(exitCode).not.toBe(0);
  expect(all).toContain("ERR_SPIN_OPERATION_CANCELLED");
  write(program({ greeting: "Servus" }));
  expect(await succeed("preview", "--expect-no-changes")).toContain("6 unchanged");
});

test("everything goes away again", async () => {
  await succeed("destroy", "--yes", "--skip-preview");
  await expect(fact()).rejects.toThrow();
});

describe("a stack of dynamic resources", () => {
  const kinds = ["Variable", "Route", "App"];
  const alias = (kind: string): string =>
    `options: { aliases: [{ type: "pulumi-nodejs:dynamic/spin:${kind}" }] }`;

  test("moves to the plugin as it is: nothing is replaced, nothing changes", async () => {
    const projectDir = join(dir, "moving");
    const settings = (runtime: string): string => `name: moving\nruntime: ${runtime}\n`;
    mkdirSync(projectDir);
    writeFileSync(join(projectDir, "Pulumi.yaml"), settings("nodejs"));
    writeFileSync(join(projectDir, "package.json"), '{ "type": "module", "main": "index.ts" }');
    writeFileSync(
      join(projectDir, "index.ts"),
      `import { App, Route, Variable } from "pulumi-spin";
      const greeting = new Variable("greeting", { default: "Hello" });
      const fact = new Route("fact", { route: "/fact", staticResponse: { body: "fact" } });
      new App("shop", { variables: [greeting], routes: [fact], components: [] });`,
    );
    workspace = openWorkspace(workspace.cli, { projectDir, dir: join(dir, "moving-stack") });
    await succeed("stack", "init", "dev");
    await up();
    const dynamic = await succeed("stack", "export");
    for (const kind of kinds) expect(dynamic).toContain(`pulumi-nodejs:dynamic/spin:${kind}`);

    writeFileSync(
      join(projectDir, "Pulumi.yaml"),
      `${settings("yaml")}plugins: { providers: [{ name: spin, path: ${checkout} }] }
resources:
  greeting: { type: "spin:Variable", properties: { default: Hello }, ${alias("Variable")} }
  fact: { type: "spin:Route", properties: { route: /fact, staticResponse: { body: fact } }, ${alias("Route")} }
  shop:
    type: spin:App
    properties: { variables: ["\${greeting.definition}"], routes: ["\${fact.definition}"] }
    ${alias("App")}
`,
    );
    expect(await succeed("up", "--yes", "--skip-preview", "--expect-no-changes")).toContain("4 unchanged");
    const moved = await succeed("stack", "export");
    for (const kind of kinds) expect(moved).toContain(`"type": "spin:index:${kind}"`);
    await succeed("destroy", "--yes", "--skip-preview");
  });
});

function urnOf(kind: string, name: string): string {
  return `urn:pulumi:dev::program::spin:index:${kind}::${name}`;
}
