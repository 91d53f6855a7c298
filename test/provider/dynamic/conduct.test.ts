import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { z } from "zod";
import { SpinError } from "../../../model/errors/index.ts";
import { PartialFailure } from "../../../provider/definition/partial-failure.ts";
import { handlersOf } from "../../../provider/dynamic/handlers.ts";
import { handle } from "../../../provider/dynamic/index.ts";
import { timeoutOf } from "../../../provider/dynamic/timeouts.ts";
import { Project, smallComponent } from "../build/project.ts";
import { deployment, TestHost } from "../../runtime/control/test-host.ts";
import { checked, created, preview, secret, stored } from "./handlers.ts";

jest.setTimeout(60_000);

const host = new TestHost();
afterAll(() => host.remove());

async function appOf(name: string, body: string) {
  const routes = [{ route: "/...", staticResponse: { statusCode: 200, headers: {}, body } }];
  return (await created("App", { name, routes })).outs["definition"];
}

describe("customTimeouts", () => {
  test.each([
    ["5s", 5_000],
    ["1h30m", 5_400_000],
    ["1m0.5s", 60_500],
    ["250ms", 250],
    ["0s", undefined],
    ["soon", undefined],
    ["5s later", undefined],
  ])("%s", (text, ms) => {
    expect(timeoutOf("create", { __timeouts: { create: text } })).toBe(ms);
  });

  test("end a build, stay in the state for the delete, and say which of them it was", async () => {
    const project = new Project(smallComponent());
    const former = process.cwd();
    try {
      process.chdir(project.folder);
      const command = [process.execPath, "-e", "setTimeout(() => {}, 60000)"];
      const news = { ...project.inputs, build: { command, watch: ["api/src/**"] } };
      const slow = created("Component", { ...news, __timeouts: { create: "300ms" } });
      await expect(slow).rejects.toThrow(
        /took longer than the 0\.3 s that customTimeouts\.create allows.*TIMEOUT/s,
      );
    } finally {
      process.chdir(former);
      project.remove();
    }
    const limits = { __timeouts: { delete: "5s" } };
    const { outs } = await created("Variable", { name: "a", default: "b", ...limits });
    expect(outs).toMatchObject(limits);
  });
});

describe("a deployment whose name the host has already", () => {
  test("is refused when it is another app, and taken over when told so", async () => {
    const client = await host.client();
    await client.deploy("taken", deployment("theirs"));
    const news = {
      app: await appOf("taken", "ours"),
      listen: "127.0.0.1:0",
      host: { stateDir: host.stateDir },
    };
    await expect(created("HostDeployment", news)).rejects.toThrow(
      /has another app "taken".*EXISTS.*adopt: true/s,
    );
    expect(await client.getApp("taken")).toMatchObject({ revision: 1 });
    const { outs } = await created("HostDeployment", { ...news, adopt: true });
    expect(outs).toMatchObject({ revision: 2, digest: news.app.digest });
    expect(outs["history"]).toHaveLength(2);
  });
});

test("what exists of an operation that failed half-way reaches the state, with the provider's text and the reason", async () => {
  const half = new SpinError("ERR_SPIN_HOST_TIMEOUT", "The host did not answer.");
  const handlers = handlersOf({
    token: "spin:index:Bed",
    description: "A bed.",
    inputs: z.strictObject({ name: z.string(), password: z.string() }),
    outputs: z.object({}),
    acceptsSecrets: ["password"],
    secrets: () => [["password"]],
    identify: ({ name }) => String(name),
    create: async ({ name, password }) => {
      throw new PartialFailure(name, { name, password, rows: 0 }, half);
    },
    update: async (id, _old, { password }) => {
      throw new PartialFailure(id, { name: id, password, rows: 1 }, half);
    },
  });
  const inputs = { name: "east", password: "sesame", __provider: "text" };
  const failure = (rows: number) => ({
    id: "east",
    properties: { name: "east", rows, password: secret("sesame"), __provider: "text" },
    reasons: [expect.stringMatching(/^The host did not answer \(ERR_SPIN_HOST_TIMEOUT\)\. /)],
    stack: "",
  });
  await expect(handlers.create(inputs)).rejects.toMatchObject(failure(0));
  await expect(handlers.update("east", inputs, inputs)).rejects.toMatchObject(failure(1));
});

test("other content behind its back is named to the route, and undone by an update", async () => {
  const client = await host.client();
  const handlers = handle("spin:index:HostDeployment");
  const news = { app: await appOf("drift", "one"), listen: "127.0.0.1:0", host: { stateDir: host.stateDir } };
  const { id, outs } = await created("HostDeployment", news);
  const lockedApp = structuredClone(news.app.lockedApp);
  lockedApp.triggers[0].trigger_config.route = "/hacked";
  const { listen, variables } = await client.mustGetApp("drift");
  await client.deploy("drift", { lockedApp, listen, variables });
  const { props = {}, inputs = {} } = await handlers.read(id, stored(outs));
  expect(props).toMatchObject({
    revision: 2,
    app: { lockedApp: { triggers: [{ trigger_config: { route: "/hacked" } }] } },
  });
  expect(inputs).not.toHaveProperty("history");
  const wanted = stored(await checked("HostDeployment", news, inputs));
  expect(await handlers.diff(id, stored(props), wanted)).toMatchObject({ changes: undefined, replaces: [] });
  await handlers.update(id, stored(props), wanted);
  expect(await client.lockedApp("drift")).toEqual(news.app.lockedApp);
});

test("a grant that ended is refused, and so is a port that nobody knows", async () => {
  const grant = { keyValueStores: ["default"], expires: "2020-01-01" };
  expect((await handle("spin:index:CapabilityGrant").check({}, grant)).failures).toEqual([
    { property: "expires", reason: expect.stringMatching(/ended with 2020-01-01.*EXPIRED/) },
  ]);
  const news = { app: await appOf("x", "x"), listen: "127.0.0.1:0", waitForReady: false };
  expect((await handle("spin:index:HostDeployment").check({}, news)).failures).toMatchObject([
    { property: "listen", reason: expect.stringContaining("ERR_SPIN_DEPLOYMENT_ADDRESS") },
  ]);
});

describe("what a preview says besides the properties", () => {
  const said = async (work: () => Promise<unknown>): Promise<string> => {
    const log = jest.spyOn(console, "log").mockImplementation(() => {});
    try {
      await work();
      return log.mock.calls.flat().join("\n");
    } finally {
      log.mockRestore();
    }
  };
  const component = {
    id: "api",
    source: "api.wasm",
    environment: {},
    grants: [],
    digest: `sha256:${"0".repeat(64)}`,
    size: 8,
    imports: [],
    exports: ["wasi:http/incoming-handler@0.2.0"],
  };
  const app = (route: string) => ({
    name: "shop",
    components: [component],
    routes: [{ route, component: "api" }],
  });

  test("is the capability table of a new app, what changes of an old one, and nothing when nothing does", async () => {
    const { outs } = await created("App", app("/a"));
    expect(await said(() => preview("App", app("/a")))).toMatch(/^What shop may do:\n/);
    expect(await said(() => preview("App", app("/b"), outs))).toMatch(
      /What shop may do changes:\nmedium .*route \/b/s,
    );
    expect(await said(() => preview("App", app("/a"), outs))).toBe("");
    expect(await said(() => checked("App", app("/b"), outs))).toBe("");
  });

  test("is a warning for a grant that ends soon", async () => {
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    expect(await said(() => preview("CapabilityGrant", { expires: soon }))).toMatch(/ends in 3 days/);
  });
});
