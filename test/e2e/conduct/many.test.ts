import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { type Declared, frontEnds, plugin, ref } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";

jest.setTimeout(300_000);

const routes = Array.from({ length: 94 }, (_, index) => `route-${index}`);

describe.each(frontEnds)("$name", (frontEnd) => {
  let stacks: Stack[];
  beforeAll(async () => {
    stacks = [await openStack(frontEnd), await openStack(frontEnd)];
  });
  afterAll(async () => {
    for (const stack of stacks) await stack.dispose();
  });

  test("18: a hundred resources are the same, made one by one or at once", async () => {
    const resources: Record<string, Declared> = {
      greeting: { type: "Variable", inputs: { default: "Hello" } },
      ...Object.fromEntries(
        routes.map((name): [string, Declared] => [
          name,
          { type: "Route", inputs: { route: `/${name}`, staticResponse: { body: name } } },
        ]),
      ),
      shop: {
        type: "App",
        inputs: { components: [], variables: [ref("greeting")], routes: routes.map(ref) },
      },
      ...Object.fromEntries(
        ["first", "second", "third", "fourth"].map((name): [string, Declared] => [
          name,
          { type: "HostDeployment", inputs: { app: ref("shop"), name, listen: "127.0.0.1:0" } },
        ]),
      ),
    };
    expect(Object.keys(resources)).toHaveLength(100);
    const made = await Promise.all(
      stacks.map(async (stack, index) => {
        stack.write({ resources });
        const { steps } = await stack.up(...(index === 0 ? ["--parallel", "1"] : []));
        expect(steps.filter(({ op }) => op === "create")).toHaveLength(100);
        const apps = await stack.host.listApps();
        for (const { url } of apps) expect(await (await fetch(`${url}route-93`)).text()).toBe("route-93");
        await stack.run("preview", "--expect-no-changes");
        const state = await stack.program.state();
        await stack.destroy(...(index === 0 ? ["--parallel", "1"] : []));
        expect(await stack.host.listApps()).toEqual([]);
        return state
          .filter(({ type }) => type !== frontEnd.typeOf("HostDeployment") && !type.startsWith("pulumi:"))
          .map(({ urn, inputs, outputs }) => JSON.stringify([urn, inputs, outputs]))
          .sort();
      }),
    );
    expect(made[0]).toEqual(made[1]);
  });
});

describe("plugin", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(plugin);
  });
  afterAll(() => stack.dispose());

  test("18 plugin: two providers with settings of their own serve one program", async () => {
    const dirs = ["east", "west"];
    const deployment = (name: string): Declared => ({
      type: "HostDeployment",
      inputs: { app: ref("shop"), listen: "127.0.0.1:0" },
      options: { provider: ref(name) },
    });
    stack.write({
      resources: {
        east: { type: "Provider", inputs: { hostDir: "east" } },
        west: { type: "Provider", inputs: { hostDir: "west" } },
        fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body: "fact" } } },
        shop: { type: "App", inputs: { components: [], routes: [ref("fact")] } },
        "in the east": deployment("east"),
        "in the west": deployment("west"),
      },
    });
    await stack.up();
    await stack.run("preview", "--expect-no-changes");
    const hosts = await Promise.all(dirs.map((name) => stack.ownHost(name)));
    for (const host of hosts) expect(await host?.listApps()).toMatchObject([{ app: "shop", revision: 1 }]);
    expect(stack.admin.writes()).toEqual([]);
    await stack.destroy();
    for (const host of hosts) expect(await host?.listApps()).toEqual([]);
  });
});
