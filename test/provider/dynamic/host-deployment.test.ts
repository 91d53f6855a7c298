import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { handle } from "../../../provider/dynamic/index.ts";
import type { Properties } from "../../../provider/definition/resource.ts";
import { connect, type HostClient } from "../../../runtime/admin/client.ts";
import { answerOf, TestHost } from "../../runtime/control/test-host.ts";
import { checked, created, preview, secret, stored, unknownText } from "./handlers.ts";

jest.setTimeout(60_000);

const handlers = handle("spin:index:HostDeployment");
const testHost = new TestHost();
const host = { stateDir: testHost.stateDir };
let client: HostClient;

beforeAll(async () => {
  client = await testHost.client();
});

afterAll(() => testHost.remove());

/** The definition of an app that answers `body` everywhere. */
async function app(name: string, body: string): Promise<Properties> {
  const { outs } = await created("App", {
    name,
    variables: [
      { name: "greeting", default: "hello", required: false, secret: false },
      { name: "token", required: true, secret: true },
    ],
    routes: [{ route: "/...", staticResponse: { statusCode: 200, headers: {}, body } }],
  });
  return outs["definition"] as Properties;
}

async function inputs(name: string, body: string, more: Properties = {}): Promise<Properties> {
  const variables = { token: "open-sesame" };
  return { app: await app(name, body), listen: "127.0.0.1:0", variables, host, ...more };
}

/** read, and the diff that `pulumi up` then makes with the program's inputs. */
async function drift(id: string, outs: Properties, news: Properties): Promise<string[]> {
  const { props = {} } = await handlers.read(id, stored(outs));
  const wanted = stored(await checked("HostDeployment", news, props));
  const { changes } = await handlers.diff(id, { ...stored(props), __provider: "text" }, wanted);
  if (changes === false) return [];
  const names = ["name", "listen", "variables", "limits", "digest", "status"];
  return names.filter((name) => JSON.stringify(stored(props)[name]) !== JSON.stringify(wanted[name]));
}

describe("a deployment", () => {
  test("is refused where the host has another app of its name, unless it adopts it", async () => {
    await created("HostDeployment", await inputs("taken", "one"));
    await expect(created("HostDeployment", await inputs("taken", "two"))).rejects.toThrow(
      /The host has another app "taken": sha256:.*ERR_SPIN_DEPLOYMENT_EXISTS/s,
    );
    const { outs } = await created("HostDeployment", await inputs("taken", "two", { adopt: true }));
    expect(await answerOf(outs["url"])).toBe("two");
  });

  test("goes all the way: planned, created, unchanged, read, updated, deleted twice", async () => {
    const news = await inputs("shop", "one");
    const shown = await preview("HostDeployment", news);
    expect(shown).toMatchObject({
      name: "shop",
      url: unknownText,
      digest: news["app"].digest,
      status: "running",
      variables: { token: secret("open-sesame") },
    });
    expect(await client.getApp("shop")).toBeUndefined();

    const { id, outs } = await created("HostDeployment", news);
    expect(id).toBe("shop");
    expect(outs).toMatchObject({ status: "running", revision: 1, digest: news["app"].digest });
    expect(outs["variables"]).toEqual({ token: secret("open-sesame") });
    expect(await answerOf(outs["url"])).toBe("one");

    expect(await drift(id, outs, news)).toEqual([]);
    const read = await handlers.read(id, stored(outs));
    expect(read).toMatchObject({ id: "shop", props: outs });
    expect(read.inputs?.["variables"]).toEqual({ token: secret("open-sesame") });

    const next = await inputs("shop", "two");
    const wanted = stored(await checked("HostDeployment", next, outs));
    expect(await handlers.diff(id, stored(outs), wanted)).toMatchObject({ changes: undefined, replaces: [] });
    const { outs: updated } = await handlers.update(id, stored(outs), wanted);
    expect(updated).toMatchObject({ revision: 2, url: outs["url"] });
    expect(updated["variables"]).toEqual({ token: secret("open-sesame") });
    expect(await answerOf(updated["url"])).toBe("two");

    await handlers.delete(id, stored(updated));
    await handlers.delete(id, stored(updated));
    expect(await client.getApp("shop")).toBeUndefined();
    expect(await handlers.read(id, stored(updated))).toEqual({});
  });

  test("notices each change that was made behind its back, by property, and undoes it", async () => {
    const news = await inputs("drifting", "one");
    const { id, outs } = await created("HostDeployment", news);
    await client.stopApp("drifting");
    expect(await drift(id, outs, news)).toEqual(["status"]);
    await client.startApp("drifting");
    await client.setVariable("drifting", "greeting", "servus");
    expect(await drift(id, outs, news)).toEqual(["variables"]);
    await client.setVariable("drifting", "token", "changed-secret");
    const { props } = await handlers.read(id, stored(outs));
    expect(props?.["variables"]).toEqual({ greeting: "servus", token: secret("changed-secret") });

    await handlers.update(id, stored(props ?? {}), stored(await checked("HostDeployment", news, outs)));
    expect(await drift(id, outs, news)).toEqual([]);
    await client.deleteApp("drifting");
    expect(await handlers.read(id, stored(outs))).toEqual({});
  });

  test("created again after a crash half-way converges", async () => {
    const news = await inputs("crashed", "one");
    const first = await created("HostDeployment", news);
    const again = await created("HostDeployment", news);
    expect({ ...again.outs, __owner: "" }).toEqual({ ...first.outs, __owner: "" });
    // The app is the later one's: deleting the other, as after a replacement, leaves it alone.
    await handlers.delete(first.id, stored(first.outs));
    expect(await client.getApp("crashed")).toMatchObject({ revision: 1 });
    await handlers.delete(again.id, stored(again.outs));
    expect(await client.getApp("crashed")).toBeUndefined();
  });

  test("on a port that is in use fails with the port, the code and the next step", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const failing = created("HostDeployment", await inputs("late", "one", { listen: `127.0.0.1:${port}` }));
    await expect(failing).rejects.toThrow(
      new RegExp(`${port} is in use[^]*ERR_SPIN_RUNTIME_PORT_IN_USE[^]*port 0`),
    );
    other.close();
  });

  test("without the value of a required variable, or with one for an unknown variable, stops in the preview", async () => {
    const news = await inputs("typo", "one", {
      variables: { tokne: "open-sesame" },
      __call: { preview: true },
    });
    const { failures } = await handlers.check({}, news);
    expect(failures).toEqual([
      { property: "variables", reason: expect.stringContaining('"token"') },
      { property: "variables.tokne", reason: expect.stringContaining('Did you mean "token"?') },
    ]);
    expect(JSON.stringify(failures)).not.toContain("sesame");
  });

  test.each(["3000", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000"])(
    "cannot listen on %j",
    async (listen) => {
      const { failures } = await handlers.check({}, await inputs("nowhere", "one", { listen }));
      expect(failures).toMatchObject([{ property: "listen" }]);
    },
  );
});

describe("the limits of a deployment", () => {
  const post = async (url: string): Promise<number> =>
    (await fetch(url, { method: "POST", body: "x".repeat(11) })).status;
  const change = async (id: string, outs: Properties, news: Properties): Promise<Properties> => {
    const wanted = stored(await checked("HostDeployment", news, outs));
    expect(await handlers.diff(id, stored(outs), wanted)).toMatchObject({ changes: undefined, replaces: [] });
    return (await handlers.update(id, stored(outs), wanted)).outs as Properties;
  };

  test("are the engine's unless they are given, and are changed in place", async () => {
    const plain = await inputs("limited", "one");
    const { id, outs } = await created("HostDeployment", plain);
    expect(outs).not.toHaveProperty("limits");
    expect(await drift(id, outs, plain)).toEqual([]);
    expect(await drift(id, outs, { ...plain, limits: {} })).toEqual([]);
    expect(await post(outs["url"])).toBe(200);

    const tight = { ...plain, limits: { requestBodyBytes: 10, queue: 0 } };
    const limited = await change(id, outs, tight);
    expect(limited).toMatchObject({ revision: 2, url: outs["url"], limits: tight.limits });
    expect(await post(outs["url"])).toBe(413);
    expect(await drift(id, limited, tight)).toEqual([]);
    const read = await handlers.read(id, stored({ id, name: id, host }));
    expect(read.inputs).toMatchObject({ limits: tight.limits });

    const restored = await change(id, limited, plain);
    expect(restored).toMatchObject({ revision: 3 });
    expect(restored).not.toHaveProperty("limits");
    expect(await post(outs["url"])).toBe(200);
  });

  test("that were changed behind its back are drift, and are put back", async () => {
    const news = await inputs("loosened", "one", { limits: { requestBodyBytes: 10 } });
    const { id, outs } = await created("HostDeployment", news);
    const deployment = {
      lockedApp: news["app"].lockedApp,
      listen: news["listen"],
      variables: news["variables"],
    };
    for (const limits of [{ requestBodyBytes: 100, concurrency: 3 }, undefined]) {
      await client.deploy(id, { ...deployment, ...(limits && { limits }) });
      expect((await handlers.read(id, stored(outs))).props?.["limits"]).toEqual(limits);
      expect(await drift(id, outs, news)).toEqual(["limits"]);
    }
    await handlers.update(id, stored(outs), stored(await checked("HostDeployment", news, outs)));
    expect(await drift(id, outs, news)).toEqual([]);
    expect(await post(outs["url"])).toBe(413);
  });

  test("that cannot be are refused by their paths, all of them", async () => {
    const limits = { memoryBytes: 1024, computeMs: 1.5, concurrency: 0, queue: "many", requestBodyByte: 1 };
    const { failures } = await handlers.check({}, await inputs("wrong", "one", { limits }));
    const expected = (range: string): string => `Expected a whole number from ${range}.`;
    expect(failures).toEqual([
      { property: "limits.memoryBytes", reason: expect.stringContaining(expected("65536 to 4294967296")) },
      { property: "limits.computeMs", reason: expect.stringContaining(expected("1 on")) },
      { property: "limits.concurrency", reason: expect.stringContaining(expected("1 on")) },
      { property: "limits.queue", reason: expect.stringContaining(expected("0 on")) },
      { property: "limits.requestBodyByte", reason: expect.stringContaining("no input") },
    ]);
  });
});

describe("without a host", () => {
  test("a preview writes nothing, and deleting what never was succeeds", async () => {
    const folder = join(testHost.stateDir, "none");
    const news = await inputs("shop", "one", { host: { stateDir: folder } });
    const shown = await preview("HostDeployment", news);
    expect(await handlers.read("shop", stored(shown))).toEqual({});
    await handlers.delete("shop", stored(shown));
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(testHost.stateDir)).not.toContain("none");
  });

  test("an app counts as stopped while its host is, and is still deleted for good", async () => {
    const own = new TestHost();
    const news = await inputs("kept", "one", { host: { stateDir: own.stateDir } });
    const { id, outs } = await created("HostDeployment", news);
    await (await own.client()).shutdown();
    expect((await handlers.read(id, stored(outs))).props).toMatchObject({ status: "stopped", name: "kept" });
    expect(await connect({ stateDir: own.stateDir })).toBeUndefined();
    await handlers.delete(id, stored(outs));
    expect(await (await own.client()).listApps()).toEqual([]);
    await own.remove();
  });
});
