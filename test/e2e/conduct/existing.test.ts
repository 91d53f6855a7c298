import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { type Declared, dynamic, frontEnds, output, plugin } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";
import { shop, type Written } from "./shop.ts";

jest.setTimeout(300_000);

const canary = "canary-5e21";

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
    // Of somebody else.
    await stack.host.deploy("theirs", {
      lockedApp: {
        spin_lock_version: 0,
        metadata: { name: "theirs" },
        triggers: [
          {
            id: "t",
            trigger_type: "http",
            trigger_config: { route: "/fact", static_response: { body: "x" } },
          },
        ],
        components: [],
      },
      listen: "127.0.0.1:0",
      variables: {},
    });
    stack.admin.writes();
  });
  afterAll(() => stack.dispose());

  test("11: what the host runs is read, and not managed", async () => {
    const theirs: Declared = { type: "HostDeployment", get: "theirs" };
    stack.write({
      resources: {
        theirs,
        reader: { type: "Variable", inputs: { default: output("theirs.url") } },
      },
      outputs: { url: output("theirs.url"), status: output("theirs.status") },
    });
    await stack.up();
    const { url, digest } = await stack.host.mustGetApp("theirs");
    expect(await stack.stored("theirs")).toMatchObject({ id: "theirs", outputs: { url, digest } });
    expect(JSON.parse((await stack.run("stack", "output", "--json")).output)).toEqual({
      url,
      status: "running",
    });
    expect((await stack.up("--expect-no-changes")).steps.filter(({ op }) => op !== "read")).toEqual([]);
    await stack.destroy();
    expect(stack.admin.writes()).toEqual([]);
    expect(await stack.host.getApp("theirs")).toMatchObject({ status: "running" });
  });

  test("11: what the host does not have is an error, and leaves no state", async () => {
    stack.write({ resources: { nobody: { type: "HostDeployment", get: "nobody" } } });
    const { said } = await stack.refused("up", "--yes", "--skip-preview");
    expect(said).toMatch(/'nobody' does not exist/);
    if (frontEnd.name === "dynamic") expect(said).toContain("ERR_SPIN_GET_MISSING");
    expect(await stack.stored("nobody")).toBeUndefined();
    await stack.destroy();
  });
});

describe("dynamic", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(dynamic);
  });
  afterAll(() => stack.dispose());
  const write = (written: Written): void => stack.write(shop(stack, written));

  test("10 dynamic: an app that the host has is an error, until the deployment adopts it", async () => {
    write({ options: { retainOnDelete: true } });
    await stack.up();
    await stack.destroy();
    write({ body: "two" });
    expect((await stack.refused("up", "--yes", "--skip-preview")).said).toContain(
      "ERR_SPIN_DEPLOYMENT_EXISTS",
    );
    expect(await stack.fetch("/fact")).toBe("one");
    write({ body: "two", inputs: { adopt: true } });
    await stack.up();
    expect(await stack.host.mustGetApp("shop")).toMatchObject({ revision: 2 });
    expect(await stack.fetch("/fact")).toBe("two");
    await stack.run("preview", "--refresh", "--expect-no-changes");
  });

  test("10 dynamic: the option import is refused, and says what to do instead", async () => {
    write({ options: { import: "shop" } });
    const { said } = await stack.refused("preview");
    expect(said).toContain('The HostDeployment "local" has the option import');
    expect(said).toContain("adopt: true");
    expect(said).toContain("ERR_SPIN_IMPORT_DYNAMIC");
    write({ body: "two", inputs: { adopt: true } });
    await stack.destroy();
  });
});

describe("plugin", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(plugin);
    write();
    await stack.up();
  });
  afterAll(async () => {
    await stack.destroy();
    await stack.dispose();
  });
  const write = (written: Written = {}): void => stack.write(shop(stack, { token: canary, ...written }));
  const forget = () => stack.run("state", "delete", "--yes", stack.urn("HostDeployment", "local"));
  const quietly = ["--yes", "--skip-preview", "--protect=false"];

  test("10 plugin: the command imports by the app's name, the next preview is empty, and the code that it prints is a program", async () => {
    await forget();
    const imported = ["import", "spin:index:HostDeployment", "local", "shop", ...quietly];
    expect((await stack.run(...imported, "--out", "imported.yaml")).output).toMatch(/1 imported/);
    await stack.run("preview", "--expect-no-changes");
    expect((await stack.run("stack", "export")).output).not.toContain(canary);
    const code = stack.program.read("imported.yaml");
    stack.program.write(
      "Pulumi.yaml",
      `${stack.program.read("Pulumi.yaml").replace(/^resources:.*$/m, "")}\n${code}`,
    );
    const { steps } = await stack.run("preview");
    expect(steps.filter(({ name }) => name === "local")).toEqual([]);
    // So Pulumi prints what is secret.
    expect(code).toContain(`fn::secret: ${canary}`);
    write();
  });

  test("10 plugin: the option imports as well", async () => {
    await forget();
    write({ options: { import: "shop" } });
    expect((await stack.up()).output).toMatch(/1 imported/);
    write();
    await stack.run("preview", "--expect-no-changes");
  });

  test("10 plugin: a name that the host does not have, or a resource that is in no host, is an error", async () => {
    const refusedImport = async (kind: string, id: string) =>
      (await stack.refused("import", `spin:index:${kind}`, "other", id, ...quietly, "--generate-code=false"))
        .said;
    expect(await refusedImport("HostDeployment", "nobody")).toContain("'nobody' does not exist");
    expect(await refusedImport("HostDeployment", join("..", "shop"))).toContain("does not exist");
    expect(await refusedImport("Variable", "greeting")).toContain("ERR_SPIN_IMPORT_PURE");
    expect(await refusedImport("Moon", "full")).toMatch(/Moon/);
  });
});
