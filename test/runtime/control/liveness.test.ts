import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
import { isAlive } from "../../../runtime/admin/is-alive.ts";
import { Engine } from "../../../runtime/control/engine.ts";
import { until } from "./test-host.ts";

jest.setTimeout(60_000);

test("an engine that hangs is ended, and another takes its place, while one that only waits is left alone", async () => {
  const stateDir = mkdtempSync(join(tmpdir(), "liveness-"));
  mkdirSync(join(stateDir, "logs"));
  const logged = jest.spyOn(console, "error").mockImplementation(() => {});
  let ready = 0;
  const engine = new Engine(
    stateDir,
    async () => {
      ready++;
    },
    { everyMs: 50, withinMs: 1_500 },
  );
  try {
    await engine.start();
    const { pid } = await engine.status();
    process.kill(pid, "SIGSTOP");
    await until(() => ready === 2);
    expect(isAlive(pid)).toBe(false);
    const next = await engine.status();
    expect(next.pid).not.toBe(pid);
    expect(logged.mock.calls.flat().join("\n")).toContain(`the engine (process ${pid}) hangs; ending it`);
  } finally {
    await engine.stop();
    logged.mockRestore();
    rmSync(stateDir, { recursive: true, force: true });
  }
});
