import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { type Declared, frontEnds, output, plugin, ref, secret } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";
import { shop } from "./shop.ts";

jest.setTimeout(300_000);

const canary = "canary-91c4";
const registry = 'spin:registries["ghcr.io"]';

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
    stack.write(shop(stack));
  });
  afterAll(() => stack.dispose());
  const set = (...args: string[]) => stack.run("config", "set", "--path", ...args);

  test("19: without settings, the environment says which host it is", async () => {
    await stack.up();
    expect((await stack.host.listApps()).map(({ app }) => app)).toEqual(["shop"]);
  });

  test("19: a setting that concerns no resource replaces none, and its secrets are in nothing that is kept or said", async () => {
    await set(`${registry}.username`, "me");
    await set("--secret", `${registry}.password`, canary);
    const texts = [
      (await stack.up("--expect-no-changes")).output,
      (await stack.run("stack", "export")).output,
      (await stack.run("preview", "--diff", "--show-sames", "--expect-no-changes")).output,
    ];
    for (const text of texts) expect(text).not.toContain(canary);
    // An object may also come as the JSON of one.
    await stack.run("config", "rm", "spin:registries");
    await stack.run("config", "set", "spin:registries", JSON.stringify({ "ghcr.io": { insecure: true } }));
    await stack.run("preview", "--expect-no-changes");
    await stack.destroy();
  });

  test("19: the host that the settings name is the one that is deployed to", async () => {
    await set("spin:hostDir", "own-host");
    await stack.up();
    expect(await (await stack.ownHost("own-host"))?.listApps()).toMatchObject([{ app: "shop" }]);
    expect(await stack.host.listApps()).toEqual([]);
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.run("preview", "--expect-no-changes");
    await stack.destroy();
  });

  test("19: a setting that is wrong or incomplete is refused in preview, and what nobody knows is a warning", async () => {
    await stack.run("config", "rm", "spin:registries");
    await set(`${registry}.username`, "me");
    expect((await stack.refused("preview")).said).toContain("Expected username and password together");
    await set("--secret", `${registry}.pasword`, canary);
    await set("spin:hostDri", "x");
    const { said } = await stack.refused("preview");
    expect(said).toContain('registries["ghcr.io"].pasword');
    expect(said).toContain('no setting "hostDri". Did you mean "hostDir"?');
    expect(said).not.toContain(canary);
  });
});

describe("plugin", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(plugin);
  });
  afterAll(() => stack.dispose());

  test("19 plugin: a plain value among settings that may be secret is a secret in the state", async () => {
    stack.write(shop(stack));
    for (const [name, value] of [
      ["username", "me"],
      ["password", canary],
    ] as const)
      await stack.run("config", "set", "--path", "--plaintext", `${registry}.${name}`, value);
    await stack.up();
    expect((await stack.run("stack", "export")).output).not.toContain(canary);
    await stack.run("preview", "--expect-no-changes");
    await stack.destroy();
    await stack.run("config", "rm", "spin:registries");
  });

  test("19 plugin: an explicit provider's settings may be unknown in a preview, and secret", async () => {
    stack.program.write("source.txt", "x");
    const build = { command: ["touch", "built.wasm"], watch: ["source.txt"] };
    const resources: Record<string, Declared> = {
      open: { type: "Component", inputs: { componentId: "open", source: "built.wasm", build } },
      own: {
        type: "Provider",
        inputs: {
          hostDir: output("open.definition.digest"),
          registries: secret({ "ghcr.io": { username: "me", password: canary } }),
        },
      },
      fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body: "fact" } } },
      shop: { type: "App", inputs: { components: [], routes: [ref("fact")] } },
      local: {
        type: "HostDeployment",
        inputs: { app: ref("shop"), listen: stack.listen },
        options: { provider: ref("own") },
      },
    };
    stack.write({ resources });
    const { steps, output: said } = await stack.run("preview", "--diff");
    expect(steps.map(({ name, op }) => `${op} ${name}`)).toEqual(expect.arrayContaining(["create local"]));
    expect(said).not.toContain(canary);
    expect(stack.admin.writes()).toEqual(["PUT /v1/apps/shop", "DELETE /v1/apps/shop"]);
  });
});
