import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { freePort } from "../../../scripts/debian/free-port.ts";
import { type Declared, frontEnds, output, ref } from "../../support/front-ends.ts";
import { openStack, type Stack, type Step } from "../../support/stack.ts";
import { shop, type Written } from "./shop.ts";

jest.setTimeout(300_000);

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  let other = "";
  beforeAll(async () => {
    stack = await openStack(frontEnd);
    other = `127.0.0.1:${await freePort()}`;
  });
  afterEach(() => stack.destroy());
  afterAll(() => stack.dispose());

  const write = (written: Written = {}): void => stack.write(shop(stack, written));
  const of = (name: string, steps: Step[]): string[] =>
    steps.filter((step) => step.name === name).map(({ op }) => op);
  const apps = async (): Promise<string[]> => (await stack.host.listApps()).map(({ app }) => app);

  test("5: another name is another app; the old one goes first, and what is named after it follows", async () => {
    const named: Record<string, Declared> = {
      follower: {
        type: "HostDeployment",
        inputs: { app: ref("shop"), name: output("local.name"), listen: other, host: { stateDir: "second" } },
      },
      reader: { type: "Variable", inputs: { default: output("local.url") } },
    };
    write({ inputs: { name: "first" }, more: named });
    await stack.up();
    expect(await apps()).toEqual(["first"]);
    stack.admin.writes();
    write({ inputs: { name: "second" }, more: named });
    const { steps } = await stack.run("preview");
    for (const name of ["local", "follower"])
      expect(of(name, steps)).toEqual(["delete-replaced", "replace", "create-replacement"]);
    expect(of("reader", steps)).toEqual([]);
    expect(steps.find(({ op, name }) => op === "replace" && name === "local")?.replaces).toEqual(["name"]);
    await stack.up();
    expect(stack.admin.writes()).toEqual(["DELETE /v1/apps/first", "PUT /v1/apps/second"]);
    expect(await apps()).toEqual(["second"]);
    const second = await stack.ownHost("second");
    expect((await second?.listApps())?.map(({ app }) => app)).toEqual(["second"]);
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.run("preview", "--expect-no-changes");
  });

  test("5: another host takes the app over, and the former one has it no more", async () => {
    write();
    await stack.up();
    write({ inputs: { host: { stateDir: "own-host" } } });
    expect(of("local", (await stack.up()).steps)).toEqual([
      "delete-replaced",
      "replace",
      "create-replacement",
    ]);
    expect(await apps()).toEqual([]);
    expect(await (await stack.ownHost("own-host"))?.listApps()).toMatchObject([{ app: "shop" }]);
    expect(await stack.fetch("/fact")).toBe("one");
  });

  test("5: replaceOnChanges reaches a property inside an input", async () => {
    const options = { replaceOnChanges: ["variables.greeting"] };
    write({ options });
    await stack.up();
    const { revision, history } = await stack.host.mustGetApp("shop");
    expect([revision, history.length]).toEqual([1, 1]);
    write({ body: "two", options });
    expect(of("local", (await stack.up()).steps)).toEqual(["update"]);
    write({ body: "two", inputs: { variables: { greeting: "Servus" } }, options });
    expect(of("local", (await stack.up()).steps)).toEqual([
      "delete-replaced",
      "replace",
      "create-replacement",
    ]);
    // What is new begins anew.
    expect((await stack.host.mustGetApp("shop")).revision).toBe(1);
    expect(await stack.fetch("/fact")).toBe("two");
  });

  test("5: deleteBeforeReplace: false makes the new one first, of the same name, and the app stays", async () => {
    const options = { replaceOnChanges: ["variables"], deleteBeforeReplace: false };
    write({ options });
    await stack.up();
    write({ inputs: { variables: { greeting: "Servus" } }, options });
    expect(of("local", (await stack.up()).steps)).toEqual([
      "create-replacement",
      "replace",
      "delete-replaced",
    ]);
    expect(await stack.fetch("/fact")).toBe("one");
    expect((await stack.host.mustGetApp("shop")).variables).toEqual({ greeting: "Servus" });
    await stack.run("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    expect(await apps()).toEqual([]);
  });
});
