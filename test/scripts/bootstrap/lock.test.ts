import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { isAlive, startOf, withLock } from "../../../scripts/bootstrap/lock.mjs";

let dir = "";
let file = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "lock-"));
  file = join(dir, "lock");
});
afterEach(() => rmSync(dir, { recursive: true }));

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("withLock", () => {
  test("holds the lock while the work runs and gives its result back", async () => {
    const holder = await withLock(
      file,
      "a test",
      async () => JSON.parse(readFileSync(file, "utf8")) as { pid: number },
    );
    expect(holder.pid).toBe(process.pid);
    expect(existsSync(file)).toBe(false);
  });

  test("gives the lock back when the work fails", async () => {
    await expect(withLock(file, "a test", () => Promise.reject(new Error("broken")))).rejects.toThrow(
      "broken",
    );
    expect(existsSync(file)).toBe(false);
  });

  test("takes over the lock of a process that is dead", async () => {
    writeFileSync(file, JSON.stringify({ pid: await deadPid(), startedAt: "1" }));
    await expect(withLock(file, "a test", async () => "mine")).resolves.toBe("mine");
  });

  test("takes over the lock of a process whose number another one has now", async () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: "long ago" }));
    await expect(withLock(file, "a test", async () => "mine")).resolves.toBe("mine");
  });

  test("takes over a lock that says nothing", async () => {
    writeFileSync(file, "");
    await expect(withLock(file, "a test", async () => "mine")).resolves.toBe("mine");
  });

  test("lets one in after the other", async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} out`);
    };
    await Promise.all([withLock(file, "a test", work("a")), withLock(file, "a test", work("b"))]);
    expect(order).toEqual([
      order[0],
      order[0]?.replace("in", "out"),
      order[2],
      order[2]?.replace("in", "out"),
    ]);
  });
});

describe("isAlive", () => {
  test("knows this process by its number and its start", () => {
    expect(isAlive({ pid: process.pid, startedAt: startOf(process.pid) })).toBe(true);
    expect(isAlive({ pid: process.pid, startedAt: "" })).toBe(false);
  });
});
