import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { execa, type ResultPromise } from "execa";
import { pendingOperations } from "../../../scripts/quickstart/stack.ts";
import { frontEnds } from "../../support/front-ends.ts";
import { openStack, type Stack } from "../../support/stack.ts";
import { shop, type Written } from "./shop.ts";

jest.setTimeout(300_000);

const up = ["up", "--yes", "--skip-preview"];
const destroy = ["destroy", "--yes", "--skip-preview"];

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
  });
  afterEach(() => {
    stack.admin.hold = undefined;
  });
  afterAll(() => stack.dispose());

  const write = (written: Written = {}): void => stack.write(shop(stack, written));
  const apps = async (): Promise<string[]> => (await stack.host.listApps()).map(({ app }) => app);

  /** Runs Pulumi until the host is asked for that, does something to it, and lets the host go on. */
  async function whileAsking(
    call: string,
    args: string[],
    act: (running: ResultPromise) => unknown,
  ): Promise<{ exitCode: number | undefined; said: string }> {
    const { cli, projectDir, environment, stack: name } = stack.program.workspace;
    let asked = (): void => {};
    let goOn = (): void => {};
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    stack.admin.hold = (request) => {
      if (!request.startsWith(call)) return undefined;
      asked();
      return mayGoOn;
    };
    const running = execa(cli.path, [...args, "--non-interactive", "--color=never", "--stack", name], {
      cwd: projectDir,
      env: environment,
      extendEnv: false,
      detached: true,
      reject: false,
      all: true,
    });
    await isAsked;
    await act(running as ResultPromise);
    goOn();
    const { exitCode, all } = await running;
    stack.admin.hold = undefined;
    return { exitCode, said: all.replaceAll(/\s+/g, " ") };
  }

  const interrupt = async (running: ResultPromise): Promise<void> => {
    running.kill("SIGINT");
    // The plugin is told at once, and gives up; dynamic resources are not told, and go on.
    await sleep(500);
  };
  const killAll = (running: ResultPromise): void => {
    process.kill(-running.pid!, "SIGKILL");
  };
  /** The state says what the host has, and the next run makes what the program says. */
  const converges = async (): Promise<void> => {
    expect(pendingOperations(stack.program.workspace)).toBe(0);
    await stack.up("--refresh");
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.run("preview", "--refresh", "--expect-no-changes");
  };

  test("15: Ctrl-C during a create ends it, and nothing is lost", async () => {
    write();
    const { exitCode, said } = await whileAsking("PUT /v1/apps/shop", up, interrupt);
    expect(exitCode).not.toBe(0);
    expect(said).toMatch(/cancel/i);
    // Either it is in the state, or it is not on the host.
    const stored = await stack.stored("local");
    expect({ stored: stored !== undefined, apps: await apps() }).toEqual(
      stored === undefined ? { stored: false, apps: [] } : { stored: true, apps: ["shop"] },
    );
    await converges();
  });

  test("15: Ctrl-C during an update ends it, and the next one converges", async () => {
    write({ inputs: { variables: { greeting: "Servus" } } });
    const { exitCode } = await whileAsking("PUT /v1/apps/shop", up, interrupt);
    expect(exitCode).not.toBe(0);
    await converges();
    expect((await stack.host.mustGetApp("shop")).variables).toEqual({ greeting: "Servus" });
  });

  test("15: Ctrl-C during a delete ends it, and the next one finds the rest", async () => {
    await whileAsking("DELETE /v1/apps/shop", destroy, interrupt);
    expect(pendingOperations(stack.program.workspace)).toBe(0);
    await stack.destroy();
    expect(await apps()).toEqual([]);
    expect(await stack.program.state()).toEqual([]);
  });

  test("15: after kill -9 during a create, a refresh clears what is pending, and up takes over what is there", async () => {
    write();
    await whileAsking("PUT /v1/apps/shop", up, killAll);
    expect(pendingOperations(stack.program.workspace)).toBe(1);
    await stack.run("cancel", "--yes");
    await stack.run("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
    await converges();
    expect(await apps()).toEqual(["shop"]);
  });

  test("15: after kill -9 during an update and a delete, the next run goes on", async () => {
    write({ inputs: { variables: { greeting: "Servus" } } });
    await whileAsking("PUT /v1/apps/shop", up, killAll);
    await stack.run("cancel", "--yes");
    await stack.up("--refresh");
    await converges();
    await whileAsking("DELETE /v1/apps/shop", destroy, killAll);
    await stack.run("cancel", "--yes");
    await stack.destroy("--refresh");
    expect(await apps()).toEqual([]);
  });

  if (frontEnd.name === "plugin")
    test("15 plugin: Ctrl-C during a build ends the build, and the stack goes on from there", async () => {
      const build = { command: ["sh", "-c", "touch started; exec sleep 600"], watch: ["Pulumi.yaml"] };
      const more: Written["more"] = {
        slow: { type: "Component", inputs: { source: "slow.wasm", build } },
      };
      write({ more });
      const { cli, projectDir, environment, stack: name } = stack.program.workspace;
      const args = [...up, "--non-interactive", "--stack", name];
      const options = { cwd: projectDir, env: environment, extendEnv: false, detached: true } as const;
      const running = execa(cli.path, args, { ...options, reject: false, all: true });
      while (!existsSync(join(projectDir, "started"))) await sleep(50);
      running.kill("SIGINT");
      const { exitCode, all } = await running;
      expect(exitCode).not.toBe(0);
      expect(all).toContain("ERR_SPIN_OPERATION_CANCELLED");
      write();
      await stack.up();
      await stack.destroy();
    });

  test("16: each operation ends with the time that customTimeouts gives it, and says so", async () => {
    const patient = new Promise<void>((resolve) => setTimeout(resolve, 20_000).unref());
    const hold = (call: string) => (request: string) => (request.startsWith(call) ? patient : undefined);
    write({ options: { customTimeouts: { create: "1s" } } });
    stack.admin.hold = hold("PUT /v1/apps/");
    const created = (await stack.refused(...up)).said;
    expect(created).toContain("The create took longer than the 1 s that customTimeouts.create allows");
    expect(created).toContain("ERR_SPIN_OPERATION_TIMEOUT");
    expect(await stack.stored("local")).toBeUndefined();
    stack.admin.hold = undefined;
    const timeouts = { customTimeouts: { update: "1s", delete: "1s" } };
    write({ options: timeouts });
    await stack.up();
    write({ body: "two", options: timeouts });
    stack.admin.hold = hold("PUT /v1/apps/");
    expect((await stack.refused(...up)).said).toContain("customTimeouts.update allows");
    stack.admin.hold = undefined;
    await stack.up();
    expect(await stack.fetch("/fact")).toBe("two");
    stack.admin.hold = hold("DELETE /v1/apps/");
    expect((await stack.refused(...destroy)).said).toContain("customTimeouts.delete allows");
    stack.admin.hold = undefined;
    expect(await stack.stored("local")).toBeDefined();
    await stack.destroy();
  });

  test("16: without customTimeouts an operation waits for a host that is slower than that", async () => {
    write();
    stack.admin.hold = (request) => (request.startsWith("PUT /v1/apps/") ? sleep(2_000) : undefined);
    await stack.up();
    expect(await stack.fetch("/fact")).toBe("one");
    await stack.destroy();
  });
});
