import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostClient } from "../../runtime/admin/client.ts";
import { smallComponent } from "../provider/build/project.ts";
import { deployment, TestHost } from "../runtime/control/test-host.ts";
import { type Ended, pulumiSpin } from "./command.ts";

jest.setTimeout(60_000);

const host = new TestHost();
let client: HostClient;
let url: string;

beforeAll(async () => {
  client = await host.client();
  const deployed = await client.deploy("shop", deployment("one", { variables: { token: "open-sesame" } }));
  url = deployed.url;
});

afterAll(() => host.remove());

const run = (words: string, input?: string): Promise<Ended> =>
  pulumiSpin([...words.split(" "), "--state-dir", host.stateDir], input);

async function json(words: string): Promise<unknown> {
  const { code, stdout, stderr } = await run(`${words} --format json`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("for a person", () => {
  test("host status says where it runs, with which processes and how many apps", async () => {
    const { controlPid, enginePid } = await client.status();
    const { code, stdout } = await run("host status");
    expect(code).toBe(0);
    expect(stdout).toContain(host.stateDir);
    expect(stdout).toContain(`control process ${controlPid}, engine process ${enginePid}`);
    expect(stdout).toMatch(/^1 app$/m);
  });

  test("host apps has a line for each app", async () => {
    expect((await run("host apps")).stdout).toBe(`shop  running  ${url}  revision 1\n`);
  });

  test("host app shows variables, but no secret", async () => {
    const { stdout } = await run("host app shop");
    expect(stdout).toContain(`shop is running at ${url}`);
    expect(stdout).toContain("token = [secret]");
    expect(stdout).not.toContain("sesame");
  });

  test("host start finds the one that runs", async () => {
    const { controlPid } = await client.status();
    expect((await run("host start")).stdout).toContain(`control process ${controlPid}`);
  });

  test("host denials of an app that was refused nothing", async () => {
    expect(await run("host denials shop")).toEqual({ code: 0, stdout: "Nothing was refused.\n", stderr: "" });
  });
});

describe("for a program", () => {
  test("each command prints one JSON value", async () => {
    expect(await json("host status")).toEqual(await client.status());
    const masked = { ...(await client.mustGetApp("shop")), variables: { token: "[secret]" } };
    expect(await json("host app shop")).toEqual(masked);
    expect(await json("host apps")).toEqual([masked]);
    expect(await json("host denials shop")).toEqual([]);
  });

  test("a failure is a JSON value as well, with the exit code 1", async () => {
    const { code, stdout, stderr } = await run("host app nobody --format json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "ERR_SPIN_HOST_NO_APP", fault: "user" } });
    expect(stderr).toContain('"nobody"');
  });
});

describe("changes", () => {
  test("stop-app and start-app", async () => {
    await client.deploy("paused", deployment("one"));
    expect((await run("host stop-app paused")).stdout).toContain("paused is stopped");
    expect(await client.getApp("paused")).toMatchObject({ status: "stopped" });
    expect((await run("host start-app paused")).stdout).toContain("paused is running");
    expect(await client.getApp("paused")).toMatchObject({ status: "running" });
  });

  test("set-variable from the command line, and a secret from stdin, which it does not show", async () => {
    await client.deploy("edited", deployment("one"));
    expect((await run("host set-variable edited greeting servus")).stdout).toContain("greeting = servus");
    const { code, stdout, stderr } = await run("host set-variable edited token -", "from stdin\n");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("token = [secret]");
    expect(stdout).not.toContain("from stdin");
    expect((await client.mustGetApp("edited")).variables).toEqual({ greeting: "servus", token: "from stdin" });
  });

  test("delete-app, twice", async () => {
    await client.deploy("deleted", deployment("one"));
    expect((await run("host delete-app deleted")).code).toBe(0);
    expect(await client.getApp("deleted")).toBeUndefined();
    expect(await json("host delete-app deleted")).toEqual({ deleted: "deleted" });
  });
});

describe("logs", () => {
  test("come as whole lines under the name of their file", async () => {
    const folder = join(host.stateDir, "apps", "shop", "logs");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "api.stdout.txt"), "first\nsecond\nunfinis");
    const { code, stdout } = await run("host logs shop");
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => line.startsWith("api"))).toEqual([
      "api.stdout | first",
      "api.stdout | second",
    ]);
    appendFileSync(join(folder, "api.stdout.txt"), "hed\n");
    expect((await run("host logs shop")).stdout).toContain("api.stdout | unfinished\n");
  });

  test("of an app that is not there", async () => {
    expect(await run("host logs nobody")).toMatchObject({ code: 1, stderr: expect.stringContaining("NO_APP") });
  });
});

describe("what makes no sense", () => {
  test.each([
    ["host app shpo", 1, /no app "shpo".*\n.*host apps.*\[ERR_SPIN_HOST_NO_APP\]/],
    ["host set-variable shop greetnig x", 1, /ERR_SPIN_HOST_VARIABLE/],
    ["host set-variable shop greeting", 2, /takes 3 arguments; here are 2.*\nUsage: pulumi-spin host set-variable/],
    ["host aps", 2, /Did you mean "pulumi-spin host apps"/],
    ["frobnicate", 2, /pulumi-spin help/],
    ["host apps --fromat json", 2, /Did you mean --format/],
    ["host apps --format yaml", 2, /plain or json/],
  ])("%s ends with %d", async (words, code, message) => {
    const ended = await run(words);
    expect(ended).toMatchObject({ code, stdout: "" });
    expect(ended.stderr).toMatch(message);
  });

  test("help is asked for and found", async () => {
    for (const words of [[], ["help"], ["--help"], ["host", "app", "--help"]]) {
      expect(await pulumiSpin(words)).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("pulumi-spin") });
    }
  });
});

describe("without a host", () => {
  test("a command says how to start one, and host stop has nothing to do", async () => {
    const folder = join(host.stateDir, "none");
    const status = await pulumiSpin(["host", "status", "--state-dir", folder]);
    expect(status).toMatchObject({ code: 1, stderr: expect.stringMatching(/No host runs in .*none.*\n.*host start/) });
    const stop = await pulumiSpin(["host", "stop", "--state-dir", folder]);
    expect(stop).toEqual({ code: 0, stdout: "No host runs.\n", stderr: "" });
  });

  test("host start starts one, and host stop ends it", async () => {
    const own = new TestHost();
    const started = await pulumiSpin(["host", "start", "--state-dir", own.stateDir, "--format", "json"]);
    expect(JSON.parse(started.stdout)).toMatchObject({ stateDir: own.stateDir, apps: 0 });
    expect((await pulumiSpin(["host", "stop", "--state-dir", own.stateDir])).stdout).toBe("The host is stopped.\n");
    expect((await pulumiSpin(["host", "status", "--state-dir", own.stateDir])).code).toBe(1);
    await own.remove();
  });
});

describe("inspect", () => {
  const folder = mkdtempSync(join(tmpdir(), "inspect-"));

  afterAll(() => rmSync(folder, { recursive: true }));

  test("shows what a component exports, for a person and for a program", async () => {
    const file = join(folder, "api.wasm");
    const bytes = smallComponent();
    writeFileSync(file, bytes);
    expect((await pulumiSpin(["inspect", file])).stdout).toMatch(/^component, \d+ bytes\n[^]*exports\n {2}run\n$/);
    const { stdout } = await pulumiSpin(["inspect", file, "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ kind: "component", sizeBytes: bytes.length, exports: ["run"] });
  });

  test("refuses what is no WebAssembly, or is not there", async () => {
    const file = join(folder, "text.wasm");
    writeFileSync(file, "text");
    const text = await pulumiSpin(["inspect", file]);
    expect(text).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("ERR_SPIN_WASM_MAGIC") });
    expect(text.stderr).toContain(file);
    const gone = await pulumiSpin(["inspect", join(folder, "gone.wasm")]);
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining("gone.wasm cannot be read") });
  });
});
