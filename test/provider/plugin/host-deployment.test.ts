import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { Properties } from "../../../provider/definition/resource.ts";
import { messages } from "../../../provider/plugin/protocol.ts";
import type { HostClient } from "../../../runtime/admin/client.ts";
import { answerOf, TestHost } from "../../runtime/control/test-host.ts";
import { PluginClient, secret, unknownText } from "./client.ts";

jest.setTimeout(60_000);

const testHost = new TestHost();
let plugin: PluginClient;
let host: HostClient;
beforeAll(async () => {
  [plugin, host] = await Promise.all([PluginClient.start(), testHost.client()]);
  await plugin.configure({ hostDir: testHost.stateDir });
});
afterAll(async () => {
  plugin.stop();
  await testHost.remove();
});

const { DIFF_NONE } = messages.DiffResponse.DiffChanges;

/** The inputs of a deployment of an app that answers `body` everywhere. */
async function inputsFor(name: string, body: string): Promise<Properties> {
  const app = await plugin.check("App", {
    name,
    variables: [
      { name: "greeting", default: "hello", required: false, secret: false },
      { name: "token", required: true, secret: true },
    ],
    routes: [{ route: "/...", staticResponse: { statusCode: 200, headers: {}, body } }],
  });
  const { outputs } = await plugin.create("App", app.inputs);
  return { app: outputs["definition"], listen: "127.0.0.1:0", variables: { token: secret("sesame") } };
}

test("a deployment is planned, created, unchanged, and updated, with its secret a secret all the way", async () => {
  const { inputs, failures } = await plugin.check("HostDeployment", await inputsFor("shop", "one"));
  expect(failures).toEqual([]);
  const planned = await plugin.create("HostDeployment", inputs, true);
  expect(planned.outputs).toMatchObject({
    name: "shop",
    url: unknownText,
    variables: { token: secret("sesame") },
  });
  expect(await host.getApp("shop")).toBeUndefined();

  const { id, outputs } = await plugin.create("HostDeployment", inputs);
  expect(outputs).toMatchObject({ revision: 1, variables: { token: secret("sesame") } });
  expect(await answerOf(outputs["url"])).toBe("one");
  expect(await plugin.diff("HostDeployment", outputs, inputs)).toMatchObject({ changes: DIFF_NONE });

  const next = (await plugin.check("HostDeployment", await inputsFor("shop", "two"))).inputs;
  const diff = await plugin.diff("HostDeployment", outputs, next);
  expect(diff).toMatchObject({ diffsList: ["digest", "app"], replacesList: [] });
  expect(await plugin.update("HostDeployment", outputs, next, true)).toMatchObject({ url: outputs["url"] });
  expect(await answerOf(outputs["url"])).toBe("one");
  expect(await plugin.update("HostDeployment", outputs, next)).toMatchObject({ revision: 2 });
  expect(await answerOf(outputs["url"])).toBe("two");
  await plugin.delete("HostDeployment", id, outputs);
  expect(await host.getApp("shop")).toBeUndefined();
});

test("limits are changed in place, each by its own path, and one that cannot be is a failure there", async () => {
  const program = await inputsFor("limited", "one");
  const { inputs } = await plugin.check("HostDeployment", {
    ...program,
    limits: { queue: 1, concurrency: 2 },
  });
  const { id, outputs } = await plugin.create("HostDeployment", inputs);
  expect(outputs["limits"]).toEqual({ queue: 1, concurrency: 2 });
  expect(await plugin.diff("HostDeployment", outputs, inputs)).toMatchObject({ changes: DIFF_NONE });
  const next = (await plugin.check("HostDeployment", { ...program, limits: { queue: 5 } })).inputs;
  const { detaileddiffMap, replacesList } = await plugin.diff("HostDeployment", outputs, next);
  expect(detaileddiffMap.map(([path]) => path).toSorted()).toEqual(["limits.concurrency", "limits.queue"]);
  expect(replacesList).toEqual([]);
  expect((await plugin.update("HostDeployment", outputs, next))["limits"]).toEqual({ queue: 5 });
  const { failures } = await plugin.check("HostDeployment", { ...program, limits: { queue: -1 } });
  expect(failures).toMatchObject([{ property: "limits.queue" }]);
  await plugin.delete("HostDeployment", id, outputs);
});

test("what was changed behind its back is read, and the difference names the variable", async () => {
  const { inputs } = await plugin.check("HostDeployment", await inputsFor("drifting", "one"));
  const { id, outputs } = await plugin.create("HostDeployment", inputs);
  await host.setVariable("drifting", "token", "changed");
  await host.setVariable("drifting", "greeting", "servus");
  const found = await plugin.read("HostDeployment", id, outputs);
  expect(found.inputs["variables"]).toEqual({ token: secret("changed"), greeting: "servus" });
  const diff = await plugin.diff("HostDeployment", found.outputs, inputs);
  expect(diff.detaileddiffMap.map(([path]) => path).toSorted()).toEqual([
    "variables.greeting",
    "variables.token",
  ]);
  await plugin.delete("HostDeployment", id, outputs);
  expect(await plugin.read("HostDeployment", id, outputs)).toEqual({ id: "", outputs: {}, inputs: {} });
});

describe("an import", () => {
  test("finds an app by its name, and differs in nothing from the program that made it", async () => {
    const { inputs } = await plugin.check("HostDeployment", await inputsFor("imported", "one"));
    const { outputs } = await plugin.create("HostDeployment", inputs);
    const found = await plugin.read("HostDeployment", "imported");
    expect(found).toMatchObject({
      id: "imported",
      outputs: { url: outputs["url"], digest: outputs["digest"], revision: 1, name: "imported" },
      inputs: { variables: { token: secret("sesame") }, app: { name: "imported" } },
    });
    expect(found.inputs).not.toHaveProperty("revision");
    expect(await plugin.diff("HostDeployment", found.outputs, inputs)).toMatchObject({ changes: DIFF_NONE });
  });

  test("finds nothing under a name that the host does not know", async () => {
    expect(await plugin.read("HostDeployment", "nobody")).toEqual({ id: "", outputs: {}, inputs: {} });
  });
});

test("a failure is a status of its own with the code and the next step", async () => {
  const { inputs } = await plugin.check("HostDeployment", await inputsFor("first", "one"));
  const { outputs } = await plugin.create("HostDeployment", inputs);
  const listen = new URL(outputs["url"]).host;
  const second = await plugin.check("HostDeployment", { ...(await inputsFor("second", "two")), listen });
  await expect(plugin.create("HostDeployment", second.inputs)).rejects.toMatchObject({
    code: 9,
    details: expect.stringMatching(/ERR_SPIN_[A-Z_]*PORT/),
  });
});
