import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { connect, type HostClient } from "../../runtime/admin/client.ts";
import { freePort } from "../../scripts/debian/free-port.ts";
import { hostDir } from "../../scripts/quickstart/workspace.ts";
import { openProgram, type Program } from "../support/program.ts";

jest.setTimeout(180_000);

let port = 0;
let program: Program;
beforeAll(async () => {
  port = await freePort();
  // Pulumi takes update plans for an experiment still.
  program = await openProgram({ environment: { PULUMI_EXPERIMENTAL: "true" } });
  change();
});
afterAll(() => program.dispose());

interface Written {
  body?: string;
  /** Logical name of the deployment. */
  deployment?: string;
  /** Further inputs and options, as written in a program. */
  inputs?: string;
  options?: string;
  routeOptions?: string;
}

/** An application that needs no component; each step of the story writes it anew. */
function change(written: Written = {}): void {
  const { body = "one", deployment = "local", inputs = "", options = "", routeOptions = "" } = written;
  program.write(
    "index.ts",
    `import { App, HostDeployment, Route, Variable } from "pulumi-spin";
    const greeting = new Variable("greeting", { default: "Hello" });
    const fact = new Route("fact", { route: "/fact", staticResponse: { body: "${body}" } }, { ${routeOptions} });
    const shop = new App("shop", { variables: [greeting], routes: [fact], components: [] });
    const app = new HostDeployment(
      "${deployment}",
      { app: shop, listen: "127.0.0.1:${port}", ${inputs} },
      { ${options} },
    );
    export const revision = app.revision;`,
  );
}

async function succeed(...args: string[]): Promise<string> {
  const { exitCode, output } = await program.pulumi(...args);
  if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${exitCode}:\n${output}`);
  return output;
}

/** What a command says that must fail, on one line. */
async function refused(...args: string[]): Promise<string> {
  const { exitCode, output } = await program.pulumi(...args);
  expect({ exitCode, output }).not.toMatchObject({ exitCode: 0 });
  return output.replace(/\s+/g, " ");
}

const up = (...args: string[]) => succeed("up", "--yes", "--skip-preview", ...args);
const destroy = ["destroy", "--yes", "--skip-preview"];
const fact = () => fetch(`http://127.0.0.1:${port}/fact`).then((response) => response.text());

async function host(): Promise<HostClient> {
  const client = await connect({ stateDir: hostDir(program.workspace.dir) });
  if (client === undefined) throw new Error("no host runs");
  return client;
}

describe("the options of a resource, from the first deployment to the last", () => {
  test("protect: what is protected is not destroyed until that is lifted", async () => {
    change({ options: "protect: true" });
    await up();
    const said = await refused(...destroy);
    expect(said).toMatch(/HostDeployment::local.* cannot be deleted because it is protected/);
    expect(await fact()).toBe("one");
    change();
    expect(await up("--expect-no-changes")).toContain("5 unchanged");
  });

  test("an update plan is kept to, and what it does not say is refused", async () => {
    change({ body: "two" });
    await succeed("preview", "--save-plan", "plan.json");
    change({ body: "three" });
    expect(await refused("up", "--yes", "--skip-preview", "--plan", "plan.json")).toMatch(/violates plan/);
    expect(await fact()).toBe("one");
    change({ body: "two" });
    expect(await up("--plan", "plan.json")).toMatch(/3 updated/);
    expect(await fact()).toBe("two");
  });

  test("aliases: a resource that is renamed is the same resource", async () => {
    change({ body: "two", deployment: "here", options: 'aliases: [{ name: "local" }]' });
    expect(await up("--expect-no-changes")).toContain("5 unchanged");
    const urns = (await program.state()).map(({ urn }) => urn.split("::").at(-1));
    expect(urns).toContain("here");
    expect(urns).not.toContain("local");
    expect((await (await host()).mustGetApp("shop")).revision).toBe(2);
  });

  test("ignoreChanges: neither the program nor a drift changes what is ignored", async () => {
    change({ body: "three", deployment: "here", routeOptions: 'ignoreChanges: ["staticResponse"]' });
    expect(await up("--expect-no-changes")).toContain("5 unchanged");
    expect(await fact()).toBe("two");

    await (await host()).setVariable("shop", "greeting", "set by hand");
    change({ body: "two", deployment: "here", options: 'ignoreChanges: ["variables"]' });
    await up("--refresh");
    expect(await succeed("preview", "--expect-no-changes")).toContain("5 unchanged");
    expect((await (await host()).mustGetApp("shop")).variables).toEqual({ greeting: "set by hand" });
    change({ body: "two", deployment: "here" });
    expect(await up()).toMatch(/1 updated/);
    expect((await (await host()).mustGetApp("shop")).variables).toEqual({});
  });

  test("replaceOnChanges: the app is deployed anew, and there afterwards", async () => {
    const options = 'replaceOnChanges: ["app"]';
    change({ body: "four", deployment: "here", options });
    expect(await succeed("preview", "--diff")).toMatch(/\+-.*spin:HostDeployment: \(replace\)/);
    expect(await up()).toMatch(/1 replaced/);
    expect(await fact()).toBe("four");
    change({ body: "four", deployment: "here", inputs: 'variables: { greeting: "Servus" }', options });
    expect(await up()).toMatch(/1 updated/);
  });

  test("deleteBeforeReplace: another name on the host follows the former one on its port", async () => {
    change({
      body: "four",
      deployment: "here",
      inputs: 'name: "store"',
      options: "deleteBeforeReplace: true",
    });
    expect(await up()).toMatch(/1 replaced/);
    expect((await (await host()).listApps()).map(({ app }) => app)).toEqual(["store"]);
    expect(await fact()).toBe("four");
  });

  test("retainOnDelete: the app stays on the host, and adopt takes it over again", async () => {
    change({ body: "four", deployment: "here", inputs: 'name: "store"', options: "retainOnDelete: true" });
    await up();
    await succeed(...destroy);
    expect(await fact()).toBe("four");

    change({ body: "five", inputs: 'name: "store"' });
    expect(await refused("up", "--yes", "--skip-preview")).toContain("ERR_SPIN_DEPLOYMENT_EXISTS");
    expect(await fact()).toBe("four");
    change({ body: "five", inputs: 'name: "store", adopt: true' });
    await up();
    expect(await fact()).toBe("five");
    await succeed(...destroy);
    await expect(fact()).rejects.toThrow();
  });
});

test("a program in CommonJS, checked by the compiler, is deployed and stays as it is", async () => {
  program.write("package.json", '{ "main": "index.ts" }');
  program.write(
    "tsconfig.json",
    '{ "compilerOptions": { "module": "nodenext", "target": "es2024", "strict": true, "skipLibCheck": true, "noEmit": true } }',
  );
  change();
  await up();
  expect(await fact()).toBe("one");
  expect(await succeed("preview", "--expect-no-changes")).toContain("5 unchanged");
  await succeed(...destroy);
});
