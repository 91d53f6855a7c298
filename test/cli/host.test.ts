import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployment, TestHost } from "../runtime/control/test-host.ts";
import { type Outcome, pulumiSpin } from "./pulumi-spin.ts";

jest.setTimeout(60_000);

const host = new TestHost();

function run(words: string[], input = ""): Promise<Outcome> {
  return pulumiSpin(words, { input, stateDir: host.stateDir });
}

async function json(words: string[], input = ""): Promise<unknown> {
  const { stdout } = await run([...words, "--format", "json"], input);
  return JSON.parse(stdout);
}

beforeAll(async () => {
  await host.client();
});

afterAll(() => host.remove());

describe("pulumi-spin host", () => {
  test("starts once, says where it runs, and stops", async () => {
    const own = new TestHost();
    const at = { stateDir: own.stateDir };
    const before = await pulumiSpin(["host", "status"], at);
    expect(before).toMatchObject({ exitCode: 1, stdout: "" });
    expect(before.stderr).toMatch(/No host runs in .*pulumi-spin host start.*ERR_SPIN_HOST_NOT_RUNNING/s);
    const started = await pulumiSpin(["host", "start", "--format", "json"], at);
    expect(JSON.parse(started.stdout)).toMatchObject({ stateDir: own.stateDir, apps: 0 });
    const again = await pulumiSpin(["host", "start", "--format", "json"], at);
    expect(again.stdout).toBe(started.stdout);
    expect((await pulumiSpin(["host", "status"], at)).stdout).toContain(own.stateDir);
    expect(await pulumiSpin(["host", "stop"], at)).toMatchObject({
      exitCode: 0,
      stdout: "The host is stopped.\n",
    });
    expect(await pulumiSpin(["host", "stop"], at)).toMatchObject({ exitCode: 0, stdout: "No host runs.\n" });
    await own.remove();
  });

  test("shows apps with their variables, but no secret one", async () => {
    expect((await run(["host", "apps"])).stdout).toBe("No apps.\n");
    const variables = { greeting: "hi", token: "open-sesame" };
    const { url } = await (
      await host.client()
    ).deploy("shop", deployment("one", { variables, limits: { queue: 7 } }));
    const shown = await run(["host", "app", "shop"]);
    expect(shown).toMatchObject({ exitCode: 0, stderr: "" });
    expect(shown.stdout).toMatch(/^shop is running at /);
    expect(shown.stdout).toContain(url);
    expect(shown.stdout).toContain("greeting = hi");
    expect(shown.stdout).toContain("limits.queue = 7");
    expect(shown.stdout).toMatch(/token = (?!open)/);
    expect(await json(["host", "apps"])).toMatchObject([
      { app: "shop", url, variables: { token: "[secret]" } },
    ]);
  });

  test("changes an app: stop, start, a variable from the arguments and from stdin, delete", async () => {
    const client = await host.client();
    await client.deploy("change", deployment("one"));
    expect(await json(["host", "stop-app", "change"])).toMatchObject({ status: "stopped" });
    expect(await json(["host", "start-app", "change"])).toMatchObject({ status: "running" });
    await run(["host", "set-variable", "change", "greeting", "servus"]);
    const secret = await run(["host", "set-variable", "change", "token", "-"], "open-sesame\n");
    expect(secret.stdout).not.toContain("open-sesame");
    expect((await client.getApp("change"))?.variables).toEqual({ greeting: "servus", token: "open-sesame" });
    expect(await json(["host", "delete-app", "change"])).toEqual({ deleted: "change" });
    expect(await client.getApp("change")).toBeUndefined();
    expect((await run(["host", "delete-app", "change"])).exitCode).toBe(0);
  });

  test.each(["app", "stop-app", "start-app", "denials", "logs"])(
    "%s of an unknown app fails with the next step",
    async (word) => {
      const { exitCode, stderr } = await run(["host", word, "nobody"]);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/no app "nobody".*pulumi-spin host apps.*\[ERR_SPIN_HOST_NO_APP\]/s);
    },
  );

  test("gives a failure as JSON too", async () => {
    expect(await json(["host", "app", "nobody"])).toMatchObject({
      error: { code: "ERR_SPIN_HOST_NO_APP", fault: "user", hint: expect.any(String) },
    });
  });

  test("says why an app that should run does not", async () => {
    const client = await host.client();
    const { address } = await client.deploy("first", deployment("one"));
    await client.stopApp("first");
    await client.deploy("second", deployment("two", { listen: address }));
    const { exitCode, stderr } = await run(["host", "start-app", "first"]);
    // Port 0 was asked for, so that another one does as well.
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    await client.stopApp("second");
    await client.deploy("third", deployment("three", { listen: address }));
    const taken = await run(["host", "start-app", "second"]);
    expect(taken.exitCode).toBe(1);
    expect(taken.stderr).toContain('"third"');
  });

  test("prints the log and the denials of an app that wrote and asked nothing", async () => {
    await (await host.client()).deploy("quiet", deployment("one"));
    expect(await run(["host", "logs", "quiet"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await run(["host", "denials", "quiet"])).stdout).toBe("Nothing was refused.\n");
    expect(await json(["host", "denials", "quiet"])).toEqual([]);
  });
});

describe("pulumi-spin inspect", () => {
  const folder = mkdtempSync(join(tmpdir(), "inspect-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("shows what a binary is", async () => {
    const file = join(folder, "core.wasm");
    writeFileSync(file, Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    const { exitCode, stdout } = await run(["inspect", file]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("8 bytes");
    expect(await json(["inspect", file])).toMatchObject({ sizeBytes: 8, imports: [], exports: [] });
  });

  test.each([
    ["no WebAssembly", "#!/bin/sh\n"],
    ["cut off", "\0asm"],
  ])("of a file that is %s fails with a code", async (_what, content) => {
    const file = join(folder, "bad.wasm");
    writeFileSync(file, content);
    const { exitCode, stderr } = await run(["inspect", file]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\[ERR_SPIN_WASM_\w+\]/);
  });

  test("of a file that is not there names it", async () => {
    const { exitCode, stderr } = await run(["inspect", join(folder, "none.wasm")]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("none.wasm");
  });
});
