import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { digestOf } from "../../../model/digest.ts";
import { connect, type HostClient } from "../../../runtime/admin/client.ts";
import { answerOf, deployment, staticApp, TestHost, until } from "./test-host.ts";

jest.setTimeout(60_000);

const host = new TestHost();
let client: HostClient;

beforeAll(async () => {
  client = await host.client();
});

afterAll(() => host.remove());

const missing = {
  lockedApp: staticApp("", {
    triggers: [{ id: "t0", trigger_type: "http", trigger_config: { route: "/...", component: "gone" } }],
    components: [
      { id: "gone", source: { content_type: "application/wasm", digest: `sha256:${"0".repeat(64)}` } },
    ],
  }),
};

describe("a deployment", () => {
  test("answers at its URL, and the same again changes nothing", async () => {
    const first = await client.deploy("same", deployment("one"));
    expect(first).toMatchObject({ app: "same", status: "running", revision: 1, listen: "127.0.0.1:0" });
    expect(await answerOf(first.url)).toBe("one");
    expect(await client.deploy("same", deployment("one"))).toEqual(first);
    expect(await client.getApp("same")).toEqual(first);
  });

  test("takes the place of the former one on the address that was found for it", async () => {
    const first = await client.deploy("next", deployment("one"));
    const second = await client.deploy("next", deployment("two"));
    expect(second).toMatchObject({ revision: 2, url: first.url });
    expect(second.digest).not.toBe(first.digest);
    expect(await answerOf(second.url)).toBe("two");
  });

  test("that cannot be prepared leaves the former one answering", async () => {
    const first = await client.deploy("kept", deployment("one"));
    const failing = client.deploy("kept", deployment("", missing));
    await expect(failing).rejects.toMatchObject({ code: "ERR_SPIN_RUNTIME_BLOB_MISSING" });
    expect(await answerOf(first.url)).toBe("one");
    expect(await client.getApp("kept")).toEqual(first);
  });

  test("that fails as the first of its app leaves no app", async () => {
    await expect(client.deploy("never", deployment("", missing))).rejects.toMatchObject({ fault: "user" });
    expect(await client.getApp("never")).toBeUndefined();
  });

  test("on a port of another process says so with the next step, and leaves the former one answering", async () => {
    const first = await client.deploy("taken", deployment("one"));
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const listen = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    const failure = { code: "ERR_SPIN_RUNTIME_PORT_IN_USE", path: "listen", hint: /port 0/ };
    await expect(client.deploy("taken", deployment("two", { listen }))).rejects.toMatchObject({
      ...failure,
      hint: expect.stringMatching(failure.hint),
    });
    other.close();
    expect(await answerOf(first.url)).toBe("one");
  });

  test("on a port of another app of this host names that app", async () => {
    const { address } = await client.deploy("owner", deployment("one"));
    await expect(client.deploy("late", deployment("two", { listen: address }))).rejects.toMatchObject({
      code: "ERR_SPIN_RUNTIME_PORT_IN_USE",
      message: expect.stringContaining('"owner"'),
    });
  });

  test("with a value for a variable that the app does not declare is refused", async () => {
    const failing = client.deploy("typo", deployment("", { variables: { greetnig: "" } }));
    await expect(failing).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_VARIABLE",
      message: expect.stringMatching(/greetnig.*greeting, token/),
    });
  });

  test.each(["../up", "a/b", "", ".", "a".repeat(64)])("of an app named %j is refused", async (name) => {
    await expect(client.deploy(name, deployment(""))).rejects.toMatchObject({
      code: expect.stringMatching(/^ERR_SPIN_HOST_(NAME|REQUEST|ROUTE)/),
    });
    expect(readdirSync(host.stateDir)).not.toContain("up");
  });

  test("of the wrong shape names each property, and no value", async () => {
    const wrong = { lockedApp: 5, listen: "127.0.0.1:0", variables: { token: ["sesame"] } };
    const failing = client.deploy("shape", wrong as never);
    await expect(failing).rejects.toMatchObject({
      message: expect.stringMatching(/^(?!.*sesame).*lockedApp.*variables\.token/),
    });
  });
});

describe("an app of a host", () => {
  test("stops, starts again at the same address, and is deployed again without a new revision", async () => {
    const { url } = await client.deploy("pause", deployment("one"));
    expect(await client.stopApp("pause")).toMatchObject({ status: "stopped", revision: 1 });
    await expect(fetch(url)).rejects.toThrow();
    expect(await client.startApp("pause")).toMatchObject({ status: "running", url });
    expect(await answerOf(url)).toBe("one");
    await client.stopApp("pause");
    expect(await client.deploy("pause", deployment("one"))).toMatchObject({
      status: "running",
      revision: 1,
      url,
    });
    expect(await answerOf(url)).toBe("one");
  });

  test("shows an edited variable, and a deployment undoes it", async () => {
    await client.deploy("edit", deployment("one", { variables: { greeting: "hi" } }));
    expect(await client.setVariable("edit", "greeting", "servus")).toMatchObject({
      variables: { greeting: "servus" },
      secretVariables: ["token"],
      revision: 1,
    });
    await expect(client.setVariable("edit", "nope", "")).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_VARIABLE",
    });
    const restored = await client.deploy("edit", deployment("one", { variables: { greeting: "hi" } }));
    expect(restored).toMatchObject({ variables: { greeting: "hi" } });
  });

  test("is deleted, more than once, and its name and address are free again", async () => {
    const { url, address } = await client.deploy("gone", deployment("one"));
    await client.deleteApp("gone");
    await client.deleteApp("gone");
    expect(await client.getApp("gone")).toBeUndefined();
    await expect(fetch(url)).rejects.toThrow();
    const again = await client.deploy("gone", deployment("two", { listen: address }));
    expect(again).toMatchObject({ revision: 1, address });
  });

  test("is deleted by its owner's name alone, and is another's once another deployed it", async () => {
    await client.deploy("mine", deployment("one", { owner: "first" }));
    await client.deploy("mine", deployment("one", { owner: "second" }));
    await client.deleteApp("mine", "first");
    expect(await client.getApp("mine")).toMatchObject({ revision: 1 });
    await client.deploy("mine", deployment("two"));
    await client.deleteApp("mine", "first");
    expect(await client.getApp("mine")).toMatchObject({ revision: 2 });
    await client.deleteApp("mine", "second");
    expect(await client.getApp("mine")).toBeUndefined();
    await client.deploy("mine", deployment("one"));
    await client.deleteApp("mine", "anybody");
    expect(await client.getApp("mine")).toBeUndefined();
  });

  test("that is unknown is undefined to read, and an error to change", async () => {
    expect(await client.getApp("nobody")).toBeUndefined();
    for (const call of [client.stopApp("nobody"), client.startApp("nobody"), client.denials("nobody")]) {
      await expect(call).rejects.toMatchObject({ code: "ERR_SPIN_HOST_NO_APP" });
    }
  });
});

describe("the state directory", () => {
  test("keeps values to this user, and out of the logs", async () => {
    await client.deploy("secret", deployment("one", { variables: { token: "open-sesame" } }));
    expect(statSync(host.stateDir).mode & 0o777).toBe(0o700);
    const files = readdirSync(host.stateDir, { recursive: true, withFileTypes: true });
    const open = files.filter(
      (it) => it.isFile() && (statSync(join(it.parentPath, it.name)).mode & 0o077) !== 0,
    );
    expect(open.map(({ name }) => name)).toEqual([]);
    const holding = files
      .filter((it) => it.isFile() && readFileSync(join(it.parentPath, it.name)).includes("open-sesame"))
      .map(({ name }) => name);
    expect(holding.filter((name) => !name.startsWith("host.db"))).toEqual([]);
    expect(holding).not.toEqual([]);
  });
});

describe("shutting down", () => {
  let own: TestHost;

  beforeEach(() => {
    own = new TestHost();
  });

  afterEach(() => own.remove());

  test("leaves no process and no socket, and the next start brings back what ran and not what was stopped", async () => {
    const first = await own.client();
    const running = await first.deploy("running", deployment("one", { variables: { token: "kept" } }));
    await first.deploy("stopped", deployment("two"));
    await first.stopApp("stopped");
    await first.shutdown();
    expect(readdirSync(own.stateDir).filter((name) => /sock|pid/.test(name))).toEqual([]);
    expect(await connect({ stateDir: own.stateDir })).toBeUndefined();
    await expect(first.status()).rejects.toMatchObject({ code: "ERR_SPIN_HOST_NOT_RUNNING" });
    const second = await own.client();
    expect(await second.listApps()).toMatchObject([running, { app: "stopped", status: "stopped" }]);
    expect(await answerOf(running.url)).toBe("one");
  });

  test("leaves uploads whose deployment never came to the next start, which removes the old ones", async () => {
    const first = await own.client();
    const [old, young] = ["old", "young"].map((text) => Buffer.from(text)) as [Buffer, Buffer];
    for (const bytes of [old, young]) await first.putBlob(digestOf(bytes), bytes);
    const folder = join(own.stateDir, "blobs", "sha256");
    const then = new Date(Date.now() - 2 * 60 * 60 * 1000);
    utimesSync(join(folder, digestOf(old).slice(7)), then, then);
    await first.shutdown();
    await own.client();
    await until(() => readdirSync(folder).length === 1);
    expect(readdirSync(folder)).toEqual([digestOf(young).slice(7)]);
  });

  test("ends a follower of an app's log", async () => {
    const first = await own.client();
    await first.deploy("logged", deployment("one"));
    const log = await first.logs("logged", { follow: true });
    let isEnded = false;
    log
      .on("close", () => (isEnded = true))
      .on("error", () => {})
      .resume();
    await first.shutdown();
    await until(() => isEnded);
    expect(isEnded).toBe(true);
  });
});
