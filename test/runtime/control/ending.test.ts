/** Nothing comes back after a host was ended: the moments in which its processes could have started each other again. */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../../../runtime/admin/is-alive.ts";
import { controlEntry } from "../../../runtime/admin/start-host.ts";
import { Engine } from "../../../runtime/control/engine.ts";
import { recordedEngine, spawnEngine } from "../../../runtime/control/engine-process.ts";
import { noteStop } from "../../../runtime/control/stop-note.ts";
import { EngineProcess } from "../engine/engine-process.ts";
import { until } from "./test-host.ts";

jest.setTimeout(60_000);

let stateDir: string;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "ending-"));
  mkdirSync(join(stateDir, "logs"));
});

afterEach(() => {
  for (const pid of processes()) process.kill(pid, "SIGKILL");
  rmSync(stateDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

/** Those that were started for this folder. */
function processes(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(stateDir);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe("an engine that is just being started", () => {
  test("is ended with the control process that starts it", async () => {
    const engine = new Engine(stateDir, async () => undefined);
    const starting = engine.start().catch(() => undefined);
    await until(() => recordedEngine(stateDir) !== undefined);
    await engine.stop();
    await starting;
    expect(processes()).toEqual([]);
  });

  test("is not started by a control process that was ended while it looked for a former one", async () => {
    const connections: Socket[] = [];
    const dying = createServer((connection) => connections.push(connection));
    dying.listen(join(stateDir, "engine.sock"));
    await once(dying, "listening");
    const engine = new Engine(stateDir, async () => undefined);
    const starting = engine.start().catch(() => undefined);
    await until(() => connections.length > 0);
    dying.close();
    await engine.stop();
    for (const connection of connections) connection.destroy();
    await starting;
    expect(processes()).toEqual([]);
  });

  test("is not left beside the one that the next control process starts", async () => {
    spawnEngine(stateDir, join(stateDir, "engine.sock"));
    const first = recordedEngine(stateDir) ?? 0;
    process.kill(first, "SIGSTOP");
    const engine = new Engine(stateDir, async () => undefined);
    await engine.start();
    expect(isAlive(first)).toBe(false);
    expect(processes()).toEqual([(await engine.status()).pid]);
    await engine.stop();
    expect(processes()).toEqual([]);
  });
});

test("an engine that lost its control process starts none in a folder that is no host's any more, and ends", async () => {
  const engine = new EngineProcess(stateDir);
  await engine.start();
  engine.letGo();
  expect(await engine.ended()).toBe(0);
  expect(existsSync(join(stateDir, "control.lock"))).toBe(false);
  expect(processes()).toEqual([]);
});

test("an engine that is told to end takes along the control process that it is just starting", async () => {
  const engine = new EngineProcess(stateDir);
  await engine.start();
  writeFileSync(join(stateDir, "host.db"), "");
  engine.letGo();
  const deadline = Date.now() + 30_000;
  while (!engine.stderr.includes("starting another") && Date.now() < deadline) await sleep(5);
  expect(await engine.shutdown({ controlPid: process.pid })).toBe(0);
  expect(processes()).toEqual([]);
});

test("a control process that was launched before the stop, and came to run after it, ends", async () => {
  const launchedAt = Date.now() - 1_000;
  noteStop(stateDir);
  const args = [controlEntry(), "--state-dir", stateDir, "--launched-at", String(launchedAt)];
  const [code] = (await once(spawn(process.execPath, args, { stdio: "ignore" }), "exit")) as [number];
  expect(code).toBe(0);
  expect(existsSync(join(stateDir, "host.db"))).toBe(false);
});
