import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { frontEnds } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";
import { shop, type Written } from "./shop.ts";

jest.setTimeout(300_000);

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
  });
  afterAll(() => stack.dispose());
  const write = (written: Written = {}): void => stack.write(shop(stack, written));
  const variables = async () => (await stack.host.mustGetApp("shop")).variables;

  test("4: what ignoreChanges names is changed neither by the program nor back to it", async () => {
    write();
    await stack.up();
    write({ inputs: { variables: { greeting: "Servus" } }, options: { ignoreChanges: ["variables"] } });
    expect((await stack.up("--expect-no-changes")).steps).toEqual([]);
    await stack.host.setVariable("shop", "greeting", "set by hand");
    write({ options: { ignoreChanges: ["variables"] } });
    await stack.up("--refresh");
    expect((await stack.run("preview", "--expect-no-changes")).steps).toEqual([]);
    expect(await variables()).toEqual({ greeting: "set by hand" });
    write();
    await stack.up();
    expect(await variables()).toEqual({});
    await stack.destroy();
  });
});
