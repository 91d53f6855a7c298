import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { freePort } from "../../scripts/debian/free-port.ts";
import { connect } from "../../runtime/admin/client.ts";
import { openProgram, type Program } from "../support/program.ts";

jest.setTimeout(180_000);

const canary = "canary-91c4";
const listen = `127.0.0.1:${await freePort()}`;
const pluginListen = `127.0.0.1:${await freePort()}`;

const typescript = {
  "index.ts": `import { App, HostDeployment, Route } from "pulumi-spin";
    const fact = new Route("fact", { route: "/fact", staticResponse: { body: "fact" } });
    const shop = new App("shop", { components: [], routes: [fact] });
    new HostDeployment("local", { app: shop, listen: "${listen}" });`,
};
const yaml = {
  "Pulumi.yaml": `name: program
runtime: yaml
plugins: { providers: [{ name: spin, path: ${checkout} }] }
resources:
  fact: { type: "spin:Route", properties: { route: /fact, staticResponse: { body: fact } } }
  shop: { type: "spin:App", properties: { routes: ["\${fact.definition}"] } }
  local: { type: "spin:HostDeployment", properties: { app: "\${shop.definition}", listen: "${pluginListen}" } }
`,
};

describe.each([
  ["dynamic resources", typescript],
  ["the plugin", yaml],
])("the provider's configuration, for %s", (_name, files) => {
  let program: Program;
  const hostDir = (): string => join(program.workspace.projectDir, "own-host");
  beforeAll(async () => {
    program = await openProgram({ files });
    await succeed("config", "set", "spin:hostDir", "own-host");
    await succeed("config", "set", "--path", 'spin:registries["ghcr.io"].username', "me");
    await succeed("config", "set", "--path", "--secret", 'spin:registries["ghcr.io"].password', canary);
  });
  afterAll(async () => {
    await (await connect({ stateDir: hostDir() }))?.shutdown();
    await program.dispose();
  });

  async function succeed(...args: string[]): Promise<string> {
    const { exitCode, output } = await program.pulumi(...args);
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${output}`);
    return output;
  }

  test("says which host deployments are for, and its secrets are in nothing that Pulumi keeps or says", async () => {
    const said = await succeed("up", "--yes", "--skip-preview");
    expect(existsSync(hostDir())).toBe(true);
    const texts = [
      said,
      await succeed("stack", "export"),
      await succeed("preview", "--diff", "--show-sames"),
    ];
    for (const text of texts) expect(text).not.toContain(canary);
    await succeed("preview", "--expect-no-changes");
    await succeed("destroy", "--yes", "--skip-preview");
  });

  test("is refused in preview at the setting that is wrong, and what nobody knows is a warning", async () => {
    await succeed("config", "set", "--path", 'spin:registries["ghcr.io"].pasword', canary);
    await succeed("config", "set", "spin:hostDri", "x");
    const { exitCode, output } = await program.pulumi("preview");
    const said = output.replaceAll(/\s+/g, " ");
    expect(exitCode).not.toBe(0);
    expect(said).toContain('registries["ghcr.io"].pasword');
    expect(said).toContain('no setting "hostDri". Did you mean "hostDir"?');
    expect(said).not.toContain(canary);
  });
});

test("a plain value among settings that may be secret is a secret in the plugin's state", async () => {
  const program = await openProgram({ files: yaml });
  try {
    for (const [name, value] of [
      ["username", "me"],
      ["password", canary],
    ] as const)
      await program.pulumi(
        "config",
        "set",
        "--path",
        "--plaintext",
        `spin:registries["ghcr.io"].${name}`,
        value,
      );
    expect(await program.pulumi("up", "--yes", "--skip-preview")).toMatchObject({ exitCode: 0 });
    expect((await program.pulumi("stack", "export")).output).not.toContain(canary);
    expect((await program.pulumi("preview", "--expect-no-changes")).exitCode).toBe(0);
    expect((await program.pulumi("destroy", "--yes", "--skip-preview")).exitCode).toBe(0);
  } finally {
    await program.dispose();
  }
});
