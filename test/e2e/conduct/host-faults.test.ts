import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { AdminFault } from "../../support/admin-proxy.ts";
import { type Declared, frontEnds, ref } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";

jest.setTimeout(300_000);

/** What each deployment meets, whenever the host is asked to make, change or delete it. */
const faults: Record<string, AdminFault | "slow"> = {
  unheard: "before",
  unanswered: "after",
  slow: "slow",
  unauthorized: { status: 401, body: "" },
  forbidden: { status: 403, body: "no" },
  conflict: { status: 409, body: "{}" },
  limited: { status: 429, body: "<html>" },
  broken: { status: 500, body: "Internal Server Error" },
  unavailable: { status: 503, body: "" },
  truncated: { status: 200, body: '{"app":' },
};
const names = Object.keys(faults);

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
  });
  afterAll(() => stack.dispose());

  const write = (body: string): void =>
    stack.write({
      resources: {
        fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body } } },
        shop: { type: "App", inputs: { components: [], routes: [ref("fact")] } },
        ...Object.fromEntries(
          names.map((name): [string, Declared] => [
            name,
            { type: "HostDeployment", inputs: { app: ref("shop"), name, listen: "127.0.0.1:0" } },
          ]),
        ),
      },
    });
  /** Each deployment meets its fault with requests of that method, and not one of them ends the others. */
  async function failing(method: string, ...args: string[]): Promise<void> {
    const faultOf = (request: string) => {
      const [, name = ""] = new RegExp(`^${method} /v1/apps/(\\w+)`).exec(request) ?? [];
      return faults[name];
    };
    stack.admin.fault = (request) => {
      const fault = faultOf(request);
      return fault === "slow" ? undefined : fault;
    };
    stack.admin.hold = (request) => (faultOf(request) === "slow" ? sleep(1_000) : undefined);
    await stack.refused(...args, "--yes", "--skip-preview", "--continue-on-error");
    stack.admin.fault = undefined;
    stack.admin.hold = undefined;
  }
  const onHost = async () =>
    Object.fromEntries((await stack.host.listApps()).map(({ app, digest }) => [app, digest]));
  const inState = async () =>
    Object.fromEntries(
      (await stack.program.state())
        .filter(({ type }) => type === frontEnd.typeOf("HostDeployment"))
        .map(({ id = "", outputs }) => [id, outputs?.["digest"]]),
    );

  test("17: creates that meet a fault are in the state as far as they are on the host, and the next up makes the rest", async () => {
    write("one");
    await failing("PUT", "up");
    expect(await inState()).toEqual(await onHost());
    expect(Object.keys(await onHost())).toEqual(expect.arrayContaining(["slow", "unanswered"]));
    await stack.up();
    expect(Object.keys(await onHost()).sort()).toEqual([...names].sort());
    await stack.run("preview", "--refresh", "--expect-no-changes");
  });

  test("17: so are updates", async () => {
    write("two");
    await failing("PUT", "up");
    expect(await inState()).toEqual(await onHost());
    await stack.up();
    const digest = (await stack.stored("shop"))?.outputs?.["digest"];
    expect(await onHost()).toEqual(Object.fromEntries(names.map((name) => [name, digest])));
    await stack.run("preview", "--refresh", "--expect-no-changes");
  });

  test("17: deletes that meet a fault stay in the state, and the next destroy leaves nothing", async () => {
    await failing("DELETE", "destroy");
    expect(Object.keys(await inState())).toEqual(expect.arrayContaining(Object.keys(await onHost())));
    await stack.destroy();
    expect(await onHost()).toEqual({});
    expect(await stack.program.state()).toEqual([]);
  });

  test("17: a refresh that meets a fault takes nothing for gone", async () => {
    write("one");
    await stack.up();
    const before = await inState();
    await failing("GET", "refresh");
    expect(await inState()).toEqual(before);
    await stack.destroy();
  });
});
