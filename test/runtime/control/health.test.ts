import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import type { HostClient } from "../../../runtime/admin/client.ts";
import { answerOf, deployment, staticApp, TestHost, until } from "./test-host.ts";

jest.setTimeout(60_000);

const host = new TestHost();
let client: HostClient;
beforeAll(async () => {
  client = await host.client();
});
afterAll(() => host.remove());

/** An app that answers every path with this status. */
const answering = (status: number, body: string) => {
  const static_response = { status_code: status, body };
  return staticApp(body, {
    triggers: [{ id: "t0", trigger_type: "http", trigger_config: { route: "/...", static_response } }],
  });
};
const health = { path: "/health", timeoutMs: 600 };

describe("a revision with a health check", () => {
  test("takes over when it is healthy", async () => {
    await client.deploy("shop", deployment("one"));
    const { revision, url } = await client.deploy("shop", deployment("two", { health }));
    expect(revision).toBe(2);
    expect(await answerOf(url)).toBe("two");
  });

  test("that is not healthy in time leaves the former to answer, and its digest in the host", async () => {
    const before = await client.getApp("shop");
    const bad = deployment("", { lockedApp: answering(503, "warming up"), health });
    await expect(client.deploy("shop", bad)).rejects.toMatchObject({
      code: "ERR_SPIN_RUNTIME_HEALTH",
      message: expect.stringMatching(/GET \/health answered 503 \("warming up"\).* 0\.6 s/),
      path: "health",
    });
    expect(await client.getApp("shop")).toEqual(before);
    expect(await answerOf(before?.url ?? "")).toBe("two");
  });

  test("that is the first of its app leaves none", async () => {
    const bad = deployment("", { lockedApp: answering(500, ""), health });
    await expect(client.deploy("new", bad)).rejects.toMatchObject({ code: "ERR_SPIN_RUNTIME_HEALTH" });
    expect(await client.getApp("new")).toBeUndefined();
  });

  test("can have it corrected: the same app again, without the check, is deployed", async () => {
    const bad = { lockedApp: answering(500, "broken"), listen: "127.0.0.1:0", variables: {} };
    await expect(client.deploy("shop", { ...bad, health })).rejects.toThrow();
    expect((await client.deploy("shop", bad)).revision).toBe(3);
  });
});

test("the history has each revision that took over, the present one last", async () => {
  const { history } = await client.mustGetApp("shop");
  const digests = new Set(history.map(({ digest }) => digest));
  expect(history.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  expect(digests.size).toBe(3);
  expect(history.at(-1)?.deployedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

test("without waiting, the host goes on trying by itself until the port is free", async () => {
  const { address } = await client.deploy("holder", deployment("holder"));
  const waiting = deployment("late", { listen: address, waitForReady: false });
  expect(await client.deploy("late", waiting)).toMatchObject({ revision: 1 });
  await until(async () => (await client.mustGetApp("late")).problem?.code === "ERR_SPIN_RUNTIME_PORT_IN_USE");
  await client.deleteApp("holder");
  await until(async () => (await client.mustGetApp("late")).status === "running");
  expect(await answerOf(`http://${address}/`)).toBe("late");
});

test("the locked application of what runs can be asked for", async () => {
  const lockedApp = staticApp("asked");
  await client.deploy("asked", { lockedApp, listen: "127.0.0.1:0", variables: {} });
  expect(await client.lockedApp("asked")).toEqual(lockedApp);
  await expect(client.lockedApp("nobody")).rejects.toMatchObject({ code: "ERR_SPIN_HOST_NO_APP" });
});
