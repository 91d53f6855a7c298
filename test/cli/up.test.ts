import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { guestComponent } from "../runtime/component/guest/index.ts";
import { pulumiSpin } from "./pulumi-spin.ts";
import { ServedApp } from "./served-app.ts";

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), "up-"));
const served: ServedApp[] = [];

beforeAll(() => {
  copyFileSync(guestComponent(), join(root, "guest.wasm"));
  copyFileSync(join(checkout, "examples/quickstart/components/stats/stats.wasm"), join(root, "stats.wasm"));
  writeFileSync(
    join(root, "spin.toml"),
    `spin_manifest_version = 2
[application]
name = "shop"
[variables]
token = { required = true, secret = true }
[[trigger.http]]
route = "/..."
component = "guest"
[[trigger.http]]
route = "/about"
static_response = { body = "A shop." }
[[trigger.http]]
route = { private = true }
component = "stats"
[component.guest]
source = "guest.wasm"
description = "Does what the path says."
key_value_stores = ["default"]
variables = { token = "{{ token }}" }
allowed_outbound_hosts = ["http://stats.spin.internal"]
[component.stats]
source = "stats.wasm"
key_value_stores = ["default"]
`,
  );
});
afterEach(async () => {
  await Promise.all(served.splice(0).map((app) => app.end("SIGKILL")));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function start(words: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): ServedApp {
  const app = new ServedApp(["-f", root, "--format", "json", ...words], environment);
  served.push(app);
  return app;
}

async function get(url: string, path: string): Promise<string> {
  return (await fetch(`${url}${path}`)).text();
}

describe("pulumi-spin up", () => {
  test("serves until Ctrl-C, with variables, logs and data where Spin has them", async () => {
    const app = start(["--variable", "token=open=sesame"]);
    const { base_url: url, routes } = await app.started();
    expect(routes).toEqual([
      { id: "guest", route: "/", wildcard: true, description: "Does what the path says." },
      { id: expect.any(String), route: "/about", wildcard: false },
    ]);
    expect(await get(url, "/about")).toBe("A shop.");
    expect(await get(url, "/variable/token")).toContain("open=sesame");
    expect(await get(url, "/kv/default?visits")).toContain('"count":1');
    expect(await get(url, "/out?http://stats.spin.internal/")).toContain("Rust");
    expect(await get(url, "/log")).toBe("logged");
    expect(await get(url, "/out?https://elsewhere.example/")).toContain("error");
    expect(await app.end()).toBe(0);
    expect(app.stdout.trimEnd().split("\n").at(-1)).toBe('{"ended":"SIGINT"}');
    expect(app.stderr).toContain("to stdout\n");
    expect(app.stderr).toMatch(/host: denied: component "guest" called .* for https:\/\/elsewhere\.example/);
    expect(readFileSync(join(root, ".spin/logs/guest_stdout.txt"), "utf8")).toContain("to stdout");

    const again = start(["--quiet"], { SPIN_VARIABLE_TOKEN: "from the environment" });
    const next = await again.started();
    expect(await get(next.base_url, "/kv/default?visits")).toContain('"count":2');
    expect(await get(next.base_url, "/variable/token")).toContain("from the environment");
    await get(next.base_url, "/log");
    expect(await again.end("SIGTERM")).toBe(0);
    expect(again.stderr).toBe("");
  });

  test("waits at the end for requests under way, and not when asked again", async () => {
    const app = start([], { SPIN_VARIABLE_TOKEN: "x" });
    const { base_url: url } = await app.started();
    const cut = get(url, "/sleep/25000").then(
      () => "answered",
      () => "cut",
    );
    await get(url, "/log");
    app.signal("SIGINT");
    // Refused from now on: the first signal has been taken.
    while ((await fetch(`${url}/about`).catch(() => undefined)) !== undefined);
    expect(await app.end()).toBe(130);
    expect(await cut).toBe("cut");
  });

  test("runs some of the components", async () => {
    const app = start(["--component", "stats"], { SPIN_VARIABLE_TOKEN: "x" });
    const { base_url: url, routes } = await app.started();
    expect(routes).toEqual([]);
    expect((await fetch(`${url}/about`)).status).toBe(404);
  });

  test("tells a person what it serves", async () => {
    const app = new ServedApp([join(root, "stats.wasm")]);
    served.push(app);
    await app.started().catch(() => undefined);
    expect(app.stdout).toMatch(
      /^Serving http:\/\/127\.0\.0\.1:\d+\nAvailable Routes:\n {2}http-trigger1-component: http:\/\/127\.0\.0\.1:\d+ \(wildcard\)\n$/,
    );
  });
});

describe("what cannot be run is refused before anything listens", () => {
  test.each([
    [
      "a variable without a value",
      ["-f", root],
      /No value for the required variable token\.\n.*--variable token=VALUE/,
    ],
    ["a variable that is not declared", [root, "--variable", "tokn=x"], /no variable "tokn"/],
    ["a value without a name", [root, "--variable", "secret-text"], /takes NAME=VALUE/],
    ["two applications", [root, "-f", root], /are to be run/],
    ["a path that is not there", [join(root, "other.toml")], /other\.toml cannot be read/],
    ["a component that is not there", [root, "--component", "gest"], /did you mean "guest"/],
    ["an address that is none", [root, "--variable", "token=x", "--listen", "nowhere"], /expected host:port/],
  ])("%s", async (_what, words, expected) => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["up", ...words]);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain("secret-text");
    expect(stdout).toBe("");
    expect([1, 2]).toContain(exitCode);
  });

  test("a trigger that this host has not", async () => {
    const file = join(root, "redis.toml");
    const [trigger, component] = [
      "[[trigger.redis]]\nchannel = 'a'\ncomponent = 'a'\n",
      "[component.a]\nsource = 'stats.wasm'\n",
    ];
    writeFileSync(
      file,
      `spin_manifest_version = 2\n[application]\nname = "a"\n[application.trigger.redis]\naddress = "redis://localhost"\n${trigger}${component}`,
    );
    const { exitCode, stderr } = await pulumiSpin(["up", file]);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('of the type "redis"')]);
  });
});
