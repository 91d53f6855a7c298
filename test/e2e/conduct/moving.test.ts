import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { runPulumi } from "../../../scripts/quickstart/run-pulumi.ts";
import {
  type Declared,
  dynamic,
  type FrontEnd,
  frontEnds,
  type Kind,
  plugin,
  type ProgramText,
} from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";
import { shop } from "./shop.ts";

jest.setTimeout(300_000);

const canary = "canary-77b0";

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
    stack.write(shop(stack));
    await stack.up();
    stack.admin.writes();
  });
  afterAll(() => stack.dispose());

  test("20: a resource that is renamed, with an alias, is the same resource", async () => {
    const { local, ...resources } = shop(stack).resources;
    const here: Declared = { ...local!, options: { aliases: [{ name: "local" }] } };
    stack.write({ resources: { ...resources, here } });
    expect((await stack.up("--expect-no-changes")).steps).toEqual([]);
    expect(await stack.stored("here")).toMatchObject({ id: "shop" });
    expect(await stack.stored("local")).toBeUndefined();
    stack.write({ resources: { ...resources, here: local! } });
    expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
    stack.write({
      resources: { ...resources, local: { ...local!, options: { aliases: [{ name: "here" }] } } },
    });
    await stack.up("--expect-no-changes");
    expect(stack.admin.writes()).toEqual([]);
  });

  test("20: resources that are moved to another stack are there what they were", async () => {
    const { workspace } = stack.program;
    const pulumi = async (...args: string[]) => {
      const done = await runPulumi(workspace, [...args, "--non-interactive"], { output: "capture" });
      expect(done).toMatchObject({ exitCode: 0 });
    };
    const urns = (["Variable greeting", "Route fact", "App shop", "HostDeployment local"] as const).map(
      (it) => {
        const [kind, name] = it.split(" ") as [Kind, string];
        return stack.urn(kind, name);
      },
    );
    await pulumi("stack", "init", "other");
    await pulumi("state", "move", "--yes", "--source", "dev", "--dest", "other", ...urns);
    expect(await stack.stored("local")).toBeUndefined();
    await pulumi("up", "--stack", "other", "--yes", "--skip-preview", "--expect-no-changes");
    expect(stack.admin.writes()).toEqual([]);
    expect(await stack.fetch("/fact")).toBe("one");
    await pulumi("destroy", "--stack", "other", "--yes", "--skip-preview");
    expect(await stack.host.listApps()).toEqual([]);
  });
});

describe.each([
  { name: "dynamic", from: plugin, to: dynamic },
  { name: "plugin", from: dynamic, to: plugin },
])("$name", ({ from, to }) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(from);
  });
  afterAll(() => stack.dispose());

  const text = (body: string, former?: FrontEnd): ProgramText => {
    const { resources } = shop(stack, { body, token: canary });
    const moved = Object.entries(resources).map(([name, it]): [string, Declared] => [
      name,
      former === undefined ? it : { ...it, options: { aliases: [{ type: former.typeOf(it.type) }] } },
    ]);
    return { resources: Object.fromEntries(moved) };
  };
  const rewrite = (body: string, former?: FrontEnd): void => {
    for (const [file, content] of Object.entries(to.files(text(body, former), "program")))
      stack.program.write(file, content);
  };

  test("20: a stack of the other front end moves here, nothing is replaced or deployed anew, and it goes on", async () => {
    stack.write(text("one"));
    await stack.up();
    stack.admin.writes();
    rewrite("one", from);
    // Dynamic resources carry the text of their provider, which they get with an update.
    const ops = to === dynamic ? Array<string>(5).fill("update") : [];
    expect((await stack.run("preview")).steps.map(({ op }) => op)).toEqual(ops);
    expect(stack.admin.writes()).toEqual([]);
    expect((await stack.up()).steps.map(({ op }) => op)).toEqual(ops);
    expect(await stack.host.mustGetApp("shop")).toMatchObject({ revision: 1 });
    await stack.run("preview", "--refresh", "--expect-no-changes");
    const state = await stack.program.state();
    expect(state.map(({ type }) => type)).toContain(to.typeOf("HostDeployment"));
    expect(state.map(({ type }) => type)).not.toContain(from.typeOf("HostDeployment"));
    expect((await stack.run("stack", "export")).output).not.toContain(canary);
    rewrite("two", from);
    const { steps } = await stack.up();
    expect(steps.map(({ name, op }) => `${op} ${name}`)).toEqual([
      "update fact",
      "update shop",
      "update local",
    ]);
    expect(await stack.fetch("/fact")).toBe("two");
    rewrite("two");
    await stack.run("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    expect(await stack.host.listApps()).toEqual([]);
  });
});
