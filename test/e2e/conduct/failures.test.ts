import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { frontEnds } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";
import { shop, type Written } from "./shop.ts";

jest.setTimeout(300_000);

const up = ["up", "--yes", "--skip-preview"];
const destroy = ["destroy", "--yes", "--skip-preview"];

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
  });
  afterAll(() => stack.dispose());

  const write = (written: Written = {}): void => stack.write(shop(stack, written));
  const apps = async () =>
    (await stack.host.listApps()).map(({ app, revision, variables }) => ({ app, revision, variables }));
  const settles = async (): Promise<void> => {
    await stack.run("preview", "--refresh", "--expect-no-changes");
  };

  test("12: a create that fails before anything exists leaves nothing in the state and nothing on the host", async () => {
    const port = Number(stack.listen.split(":")[1]);
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(port, "127.0.0.1", () => resolve(server));
    });
    write();
    expect((await stack.refused(...up)).said).toContain("ERR_SPIN_RUNTIME_PORT_IN_USE");
    expect(await stack.stored("local")).toBeUndefined();
    expect(await apps()).toEqual([]);
    await new Promise((closed) => taken.close(closed));
    expect((await stack.up()).steps.map(({ name, op }) => `${op} ${name}`)).toEqual(["create local"]);
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.destroy();
  });

  test("12: one whose answer is lost is in the state with what exists, and the next up goes on", async () => {
    stack.admin.fault = (request) => (request.startsWith("PUT /v1/apps/") ? "after" : undefined);
    expect((await stack.refused(...up)).said).toContain("ERR_SPIN_HOST_CONNECTION");
    stack.admin.fault = undefined;
    expect(await apps()).toMatchObject([{ app: "shop", revision: 1 }]);
    expect(await stack.stored("local")).toMatchObject({
      id: "shop",
      outputs: { revision: 1, url: `http://${stack.listen}/` },
      initErrors: [expect.stringContaining("ERR_SPIN_HOST_CONNECTION")],
    });
    expect((await stack.up()).steps.map(({ name, op }) => `${op} ${name}`)).toEqual(["update local"]);
    expect((await stack.stored("local"))?.initErrors ?? []).toEqual([]);
    expect(await apps()).toMatchObject([{ app: "shop", revision: 1 }]);
    await settles();
  });

  test("12: and destroy removes what was made by half", async () => {
    await stack.destroy();
    stack.admin.fault = (request) => (request.startsWith("PUT /v1/apps/") ? "after" : undefined);
    await stack.refused(...up);
    stack.admin.fault = undefined;
    await stack.destroy();
    expect(await apps()).toEqual([]);
    expect(await stack.program.state()).toEqual([]);
  });

  test("13: an update that the host refuses leaves the former revision, in the state too, and is due again", async () => {
    write();
    await stack.up();
    write({ body: "two", inputs: { health: { path: "/nowhere", timeoutSeconds: 1 } } });
    expect((await stack.refused(...up)).said).toContain("ERR_SPIN_");
    expect(await stack.fetch("/fact")).toBe("one");
    expect(await stack.stored("local")).toMatchObject({
      inputs: { digest: (await stack.host.mustGetApp("shop")).digest },
      outputs: { revision: 1 },
    });
    const { steps } = await stack.run("preview");
    expect(steps.map(({ name, op }) => `${op} ${name}`)).toEqual(["update local"]);
    write({ body: "two", inputs: { health: { path: "/fact" } } });
    await stack.up();
    expect(await stack.fetch("/fact")).toBe("two");
    await settles();
  });

  test("13: one whose answer is lost keeps the old inputs, tells what it reached, and converges", async () => {
    const before = (await stack.stored("local"))?.inputs?.["digest"];
    write({ body: "three" });
    stack.admin.fault = (request) => (request.startsWith("PUT /v1/apps/") ? "after" : undefined);
    expect((await stack.refused(...up)).said).toContain("ERR_SPIN_HOST_CONNECTION");
    stack.admin.fault = undefined;
    const { digest, revision } = await stack.host.mustGetApp("shop");
    expect(digest).not.toBe(before);
    expect(await stack.stored("local")).toMatchObject({
      inputs: { digest: before },
      outputs: { digest, revision },
    });
    await stack.up();
    expect(await stack.host.mustGetApp("shop")).toMatchObject({ digest, revision });
    await settles();
  });

  test("13: one that never reached the host changes nothing, and converges", async () => {
    write({ body: "four" });
    stack.admin.fault = (request) => (request.startsWith("PUT /v1/apps/") ? "before" : undefined);
    expect((await stack.refused(...up)).said).toContain("ERR_SPIN_HOST_CONNECTION");
    stack.admin.fault = undefined;
    expect(await stack.fetch("/fact")).toBe("three");
    await stack.up();
    expect(await stack.fetch("/fact")).toBe("four");
    await settles();
  });

  test("14: a delete that the host does not answer keeps the state, and the next one finds it gone or removes it", async () => {
    for (const cut of ["before", "after"] as const) {
      stack.admin.fault = (request) => (request.startsWith("DELETE ") ? cut : undefined);
      expect((await stack.refused(...destroy)).said).toContain("ERR_SPIN_HOST_CONNECTION");
      stack.admin.fault = undefined;
      expect(await apps()).toHaveLength(cut === "before" ? 1 : 0);
      expect(await stack.stored("local")).toMatchObject({ id: "shop" });
    }
    await stack.destroy();
    expect(await stack.program.state()).toEqual([]);
  });

  test("14: what is gone already is deleted", async () => {
    write();
    await stack.up();
    await stack.host.deleteApp("shop");
    await stack.destroy();
    expect(await stack.program.state()).toEqual([]);
  });

  test("14: what is protected stays, until that is lifted", async () => {
    write({ options: { protect: true } });
    await stack.up();
    expect((await stack.refused(...destroy)).said).toMatch(
      /HostDeployment::local.* cannot be deleted because it is protected/,
    );
    expect(await stack.fetch("/fact")).toBe("one");
    write();
    expect((await stack.up("--expect-no-changes")).steps).toEqual([]);
  });

  test("14: what is retained runs on without a stack", async () => {
    write({ options: { retainOnDelete: true } });
    await stack.up();
    await stack.destroy();
    expect(await stack.program.state()).toEqual([]);
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.host.deleteApp("shop");
  });
});
