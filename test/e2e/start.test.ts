import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { connect, type HostClient } from "../../runtime/admin/client.ts";
import { isAlive } from "../../runtime/admin/is-alive.ts";
import { copyCheckout, type FreshCheckout } from "../support/fresh-checkout.ts";
import { freePort } from "../../scripts/debian/free-port.ts";

jest.setTimeout(300_000);

interface Report {
  url: string;
  digest: string;
  capabilities: { component: string; kind: string; value: string; used: string }[];
  changes: Record<string, number>;
  timingsMs: Record<string, number>;
}

let fresh: FreshCheckout;
let port = 0;
let first: Report;
const pids = new Set<number>();

beforeAll(async () => {
  fresh = await copyCheckout();
  port = await freePort();
});
afterAll(async () => {
  const stopped = await fresh.run("quickstart/stop.ts");
  const left = [...pids].filter(isAlive);
  for (const pid of left) process.kill(pid, "SIGKILL");
  fresh.remove();
  expect(stopped).toMatchObject({ exitCode: 0 });
  expect(left).toEqual([]);
});

/** `npm start -- --json …`: the one line that must be on standard output, and the processes it left running. */
async function start(...args: string[]): Promise<Report> {
  const { exitCode, stdout, stderr } = await fresh.run("quickstart/start.ts", "--json", ...args);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  await notePids();
  expect(stdout.split("\n")).toHaveLength(1);
  return JSON.parse(stdout) as Report;
}

const stateDir = () => join(fresh.dir, ".quickstart", "host");

async function notePids(): Promise<HostClient | undefined> {
  const host = await connect({ stateDir: stateDir() });
  const { controlPid, enginePid } = (await host?.status()) ?? {};
  for (const pid of [controlPid, enginePid]) if (pid !== undefined) pids.add(pid);
  return host;
}

async function visits(): Promise<number> {
  return ((await (await fetch(`${first.url}count`)).json()) as { visits: number }).visits;
}

describe("npm start -- --json", () => {
  test("takes a checkout to an answering app, and says so in one JSON object", async () => {
    first = await start("--port", String(port));
    expect(first).toMatchObject({
      url: `http://127.0.0.1:${port}/`,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      changes: { create: 17 },
      capabilities: expect.arrayContaining([
        expect.objectContaining({ component: "api", kind: "outbound-host", value: "http://self" }),
        expect.objectContaining({ component: "stats", kind: "key-value-store", value: "default" }),
      ]),
      timingsMs: expect.objectContaining({ up: expect.any(Number), request: expect.any(Number) }),
    });
    const response = await fetch(first.url);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Hello from Spin");
    // The tour counted twice.
    expect(await visits()).toBe(3);
  });

  test("again changes nothing, and keeps the port", async () => {
    const { url, digest, changes } = await start();
    expect({ url, digest, changes }).toEqual({ url: first.url, digest: first.digest, changes: { same: 17 } });
  });

  test("deploys a changed default of a variable and names the three resources it concerns", async () => {
    const program = join(fresh.dir, "examples", "quickstart", "index.ts");
    const text = readFileSync(program, "utf8");
    writeFileSync(program, text.replace("Hello from Spin", "Good morning"));
    const before = await visits();
    const { changes, digest } = await start();
    expect(changes).toEqual({ same: 14, update: 3 });
    expect(digest).not.toBe(first.digest);
    expect(await (await fetch(first.url)).text()).toContain("Good morning");
    // The tour counted twice in between.
    expect(await visits()).toBe(before + 3);
  });

  test("says what is wrong with the program, changes nothing, and leaves the app as it was", async () => {
    const program = join(fresh.dir, "examples", "quickstart", "index.ts");
    const text = readFileSync(program, "utf8");
    writeFileSync(program, text.replace('route: "/token"', 'route: "/count"'));
    const { exitCode, stdout, stderr } = await fresh.run("quickstart/start.ts", "--json");
    writeFileSync(program, text);
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("ERR_SPIN_ROUTE_DUPLICATE");
    expect(stderr).toContain("nothing was changed");
    expect((await fetch(`${first.url}token`)).status).toBe(200);
  });
});

describe("the host, stopped and started", () => {
  test("brings the app back with its variables and its data", async () => {
    const before = await visits();
    await (await notePids())?.shutdown();
    await expect(fetch(first.url)).rejects.toThrow();
    expect([...pids].filter(isAlive)).toEqual([]);
    await connect({ stateDir: stateDir(), start: true });
    await notePids();
    expect(await (await fetch(first.url)).text()).toContain("Good morning");
    expect(await visits()).toBe(before + 1);
  });
});

describe("npm run stop", () => {
  test("destroys the stack, stops the host, and leaves no process", async () => {
    const { exitCode, stdout, stderr } = await fresh.run("quickstart/stop.ts");
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain("17 deleted");
    expect([...pids].filter(isAlive)).toEqual([]);
    await expect(fetch(first.url)).rejects.toThrow();
    expect(existsSync(join(stateDir(), "control.sock"))).toBe(false);
  });

  test("again finds nothing to do", async () => {
    expect(await fresh.run("quickstart/stop.ts")).toMatchObject({ exitCode: 0 });
  });
});
