import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { createServer, type Server } from "node:net";
import { existsSync, readdirSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { join } from "node:path";
import { connect } from "../../../runtime/admin/client.ts";
import { shortSocketFolder } from "../../../runtime/admin/paths.ts";
import { answerOf, deployment, TestHost, until } from "./test-host.ts";

jest.setTimeout(90_000);

let host: TestHost;

beforeEach(() => {
  host = new TestHost();
});

afterEach(() => host.remove());

/** Requests, one after the other, until told to end: how many were answered, and with what else. */
function load(url: string): () => Promise<{ answered: number; others: string[] }> {
  let isEnding = false;
  let answered = 0;
  const others: string[] = [];
  const running = (async () => {
    while (!isEnding) {
      const body = await fetch(url).then(
        (response) => response.text(),
        () => "refused",
      );
      if (body === "one") answered++;
      else others.push(body);
    }
  })();
  return async () => {
    isEnding = true;
    await running;
    return { answered, others };
  };
}

describe("kill -9", () => {
  test("of the control process is not noticed by who calls the app, and another one comes", async () => {
    const { url } = await (await host.client()).deploy("app", deployment("one"));
    const end = load(url);
    const before = await (await host.client()).status();
    await host.kill("control");
    const after = await (await host.client()).status();
    expect(after.controlPid).not.toBe(before.controlPid);
    expect(after.enginePid).toBe(before.enginePid);
    const { answered, others } = await end();
    expect(others).toEqual([]);
    expect(answered).toBeGreaterThan(0);
  });

  test("of the engine process: the app answers again by itself, at the same address", async () => {
    const { url } = await (await host.client()).deploy("app", deployment("one"));
    const end = load(url);
    const killed = await host.kill("engine");
    expect(await answerOf(url)).toBe("one");
    const { others } = await end();
    expect(new Set(others)).toEqual(new Set(others.length === 0 ? [] : ["refused"]));
    expect((await (await host.client()).status()).enginePid).not.toBe(killed);
  });

  test("of both: the next one who asks for the host gets everything back", async () => {
    const { url } = await (
      await host.client()
    ).deploy("app", deployment("one", { variables: { greeting: "hi" } }));
    const { controlPid, enginePid = 0 } = await (await host.client()).status();
    process.kill(controlPid, "SIGKILL");
    process.kill(enginePid, "SIGKILL");
    const client = await host.client();
    expect(await client.getApp("app")).toMatchObject({
      status: "running",
      url,
      variables: { greeting: "hi" },
    });
    expect(await answerOf(url)).toBe("one");
  });

  test("of the engine in the middle of deployments loses none that was confirmed", async () => {
    const client = await host.client();
    let confirmed = await client.deploy("app", deployment("0"));
    const killing = host.kill("engine");
    for (let number = 1; number <= 20; number++) {
      confirmed = await client.deploy("app", deployment(String(number))).catch(() => confirmed);
    }
    await killing;
    await until(async () => (await client.status()).enginePid !== undefined);
    expect(await client.getApp("app")).toMatchObject({ digest: confirmed.digest });
    // The same again is served before it is confirmed.
    const { url } = await client.deploy("app", deployment("last"));
    expect(await (await fetch(url)).text()).toBe("last");
  });
});

describe("a new control process", () => {
  test("makes the engine that it finds do what the store says, and only that", async () => {
    const client = await host.client();
    const kept = await client.deploy("kept", deployment("one"));
    await client.deploy("removed", deployment("two"));
    const { controlPid } = await client.status();
    process.kill(controlPid, "SIGSTOP");
    const database = new Database(join(host.stateDir, "host.db"));
    database.prepare("DELETE FROM app WHERE name = 'removed'").run();
    database.close();
    const begun = load(kept.url);
    process.kill(controlPid, "SIGKILL");
    const next = await host.client();
    expect(await next.listApps()).toEqual([kept]);
    expect((await begun()).others).toEqual([]);
  });

  test("reports an app whose port was taken meanwhile, and brings it back once the port is free", async () => {
    const client = await host.client();
    const { address, url } = await client.deploy("app", deployment("one"));
    const fixed = await client.deploy("app", deployment("two", { listen: address }));
    await client.shutdown();
    const [name = "", port] = address.split(":");
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(Number(port), name, resolve));
    const next = await host.client();
    expect(await next.getApp("app")).toMatchObject({
      status: "stopped",
      problem: { code: "ERR_SPIN_RUNTIME_PORT_IN_USE" },
    });
    await expect(next.deploy("app", deployment("two", { listen: address }))).rejects.toMatchObject({
      code: "ERR_SPIN_RUNTIME_PORT_IN_USE",
    });
    await new Promise((resolve) => other.close(resolve));
    await until(async () => (await next.getApp("app"))?.status === "running");
    expect(await next.getApp("app")).toEqual(fixed);
    expect(await answerOf(url)).toBe("two");
  });
});

describe("starting", () => {
  test("many at the same moment end with one host", async () => {
    const clients = await Promise.all(Array.from({ length: 6 }, () => host.client()));
    const pids = await Promise.all(clients.map(async (client) => (await client.status()).controlPid));
    expect(new Set(pids).size).toBe(1);
  });

  test("while the former host shuts down waits for it and comes up", async () => {
    const client = await host.client();
    const { controlPid } = await client.status();
    const stopping = client.shutdown();
    const next = await host.client();
    await stopping;
    const again = await host.client();
    expect((await again.status()).controlPid).not.toBe(controlPid);
    expect(next.stateDir).toBe(again.stateDir);
  });
});

describe("a state directory with a long path", () => {
  test("has its sockets elsewhere, for this user alone, and only while the host runs", async () => {
    const stateDir = join(host.stateDir, "d".repeat(100));
    const client = await connect({ stateDir, start: true });
    const { url } = await client.deploy("app", deployment("one"));
    expect(await answerOf(url)).toBe("one");
    const folder = shortSocketFolder(stateDir);
    expect(readdirSync(folder).sort()).toEqual(["control.sock", "engine.sock"]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await client.shutdown();
    expect(existsSync(folder)).toBe(false);
  });
});
