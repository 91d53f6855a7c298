import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { frontEnds } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";
import { shop, type Written } from "./shop.ts";

jest.setTimeout(300_000);

const planned = ["up", "--yes", "--skip-preview", "--plan", "plan.json"];

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    // Pulumi takes update plans for an experiment still.
    stack = await openStack(frontEnd, { environment: { PULUMI_EXPERIMENTAL: "true" } });
  });
  afterAll(async () => {
    await stack.destroy();
    await stack.dispose();
  });
  const write = (written: Written = {}): void => stack.write(shop(stack, written));
  const plan = () => stack.run("preview", "--save-plan", "plan.json");

  test("23: a plan of what is new is kept to", async () => {
    write();
    await plan();
    expect((await stack.run(...planned)).steps.map(({ op }) => op)).toEqual(Array(4).fill("create"));
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.run("preview", "--expect-no-changes");
  });

  test("23: a plan of a change is kept to, and what it does not say is refused", async () => {
    write({ body: "two" });
    await plan();
    stack.admin.writes();
    write({ body: "three" });
    expect((await stack.refused(...planned)).said).toMatch(/violates plan/);
    expect(stack.admin.writes()).toEqual([]);
    write({ body: "two" });
    const { steps } = await stack.run(...planned);
    expect(steps.map(({ name, op }) => `${op} ${name}`)).toEqual([
      "update fact",
      "update shop",
      "update local",
    ]);
    expect(await stack.fetch("/fact")).toBe("two");
  });

  test("23: a plan of a replacement is kept to", async () => {
    write({ body: "two", inputs: { name: "store" } });
    await plan();
    await stack.run(...planned);
    expect((await stack.host.listApps()).map(({ app }) => app)).toEqual(["store"]);
  });
});
