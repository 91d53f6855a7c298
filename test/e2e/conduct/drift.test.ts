import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { type Declared, frontEnds, ref } from "../../support/front-ends.ts";
import { openStack, type Stack, type Step } from "../../support/stack.ts";

jest.setTimeout(300_000);

const names = ["variable", "status", "route", "limits", "listen", "deleted", "benign"] as const;
type Name = (typeof names)[number];

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
    stack.write({ resources: declared() });
    await stack.up();
    stack.admin.writes();
  });
  afterAll(async () => {
    await stack.destroy();
    await stack.dispose();
  });

  /** One application, deployed several times; each one drifts in its own way. */
  const declared = (): Record<string, Declared> => ({
    greeting: { type: "Variable", inputs: { default: "Hello" } },
    fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body: "fact" } } },
    shop: { type: "App", inputs: { components: [], variables: [ref("greeting")], routes: [ref("fact")] } },
    ...Object.fromEntries(
      names.map((name): [string, Declared] => [
        name,
        {
          type: "HostDeployment",
          inputs: {
            app: ref("shop"),
            name,
            listen: "127.0.0.1:0",
            variables: { greeting: "Servus" },
            limits: { computeMs: 1_000 },
          },
        },
      ]),
    ),
  });

  /** Deploys by hand what the host has already, but for what is given. */
  const redeploy = async (app: Name, changed: Record<string, unknown>): Promise<void> => {
    const { listen, variables, limits = {} } = await stack.host.mustGetApp(app);
    const lockedApp = await stack.host.lockedApp(app);
    await stack.host.deploy(app, { lockedApp, listen, variables, limits, ...changed });
  };
  /** Without what follows from the change: the digest, the URL, and the parts that a locked application was made of. */
  const found = (steps: Step[]): Record<string, string[]> =>
    Object.fromEntries(
      steps.map(({ name, diff }) => [
        name,
        Object.keys(diff).filter((path) => !/^(?:digest|url|app\.(?!lockedApp))/.test(path)),
      ]),
    );

  test("9: what nobody changed has not drifted, also after all of it was done once more", async () => {
    await stack.host.setVariable("benign", "greeting", "Servus");
    await stack.host.stopApp("benign");
    await stack.host.startApp("benign");
    await redeploy("benign", {});
    expect(found((await stack.run("refresh", "--preview-only", "--expect-no-changes")).steps)).toEqual({});
  });

  test("9: a refresh shows just what was changed, property by property, and writes nothing", async () => {
    await stack.host.setVariable("variable", "greeting", "by hand");
    await stack.host.stopApp("status");
    const text = JSON.stringify(await stack.host.lockedApp("route"));
    const lockedApp = JSON.parse(text.replace('"body":"fact"', '"body":"by hand"')) as unknown;
    await redeploy("route", { lockedApp });
    await redeploy("limits", { limits: { computeMs: 5 } });
    await redeploy("listen", { listen: "localhost:0" });
    await stack.host.deleteApp("deleted");
    const { steps } = await stack.run("refresh", "--preview-only");
    expect(steps.find(({ name }) => name === "deleted")?.op).toBe("delete");
    expect(found(steps)).toEqual({
      deleted: [],
      variable: ["variables.greeting"],
      status: ["status"],
      route: ["app.lockedApp.triggers[0].trigger_config.static_response.body"],
      limits: ["limits.computeMs"],
      listen: ["listen"],
    });
    expect(stack.admin.writes()).toEqual([]);
  });

  test("9: up restores all of it, makes anew what is gone, and then nothing differs", async () => {
    const { steps } = await stack.up("--refresh");
    const made = steps.filter(({ op }) => op === "create" || op === "update");
    expect(Object.fromEntries(made.map(({ name, op }) => [name, op]))).toEqual({
      variable: "update",
      status: "update",
      route: "update",
      limits: "update",
      listen: "update",
      deleted: "create",
    });
    for (const name of names) {
      const app = await stack.host.mustGetApp(name);
      expect(await (await fetch(`${app.url}fact`)).text()).toBe("fact");
      expect(app).toMatchObject({
        listen: "127.0.0.1:0",
        variables: { greeting: "Servus" },
        limits: { computeMs: 1_000 },
      });
    }
    await stack.run("preview", "--refresh", "--expect-no-changes");
  });
});
