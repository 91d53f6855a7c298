import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { findResource, hasResources } from "../../scripts/quickstart/stack.ts";
import { hostDir } from "../../scripts/quickstart/workspace.ts";
import { openQuickstart, type Quickstart } from "../support/quickstart.ts";

jest.setTimeout(180_000);

let quickstart: Quickstart;
let program = "";
let before: string[] = [];
beforeAll(async () => {
  quickstart = await openQuickstart();
  program = readFileSync(pathOf("index.ts"), "utf8");
  before = files();
});
afterAll(async () => {
  expect(await quickstart.dispose()).toEqual([]);
});
afterEach(() => writeFileSync(pathOf("index.ts"), program));

const pathOf = (name: string) => join(quickstart.workspace.projectDir, name);
const files = () =>
  readdirSync(quickstart.workspace.projectDir, { recursive: true, encoding: "utf8" }).sort();

/** A preview of the program so changed, which must fail and leave everything as it was; what it says, on one line. */
async function refused(from: string, to: string): Promise<string> {
  quickstart.edit("index.ts", from, to);
  const { exitCode, output } = await quickstart.pulumi("preview", "--color=never");
  expect({ exitCode, output }).not.toMatchObject({ exitCode: 0 });
  expect(existsSync(hostDir(quickstart.workspace.dir))).toBe(false);
  expect(hasResources(quickstart.workspace)).toBe(false);
  expect(files()).toEqual(before);
  return output.replace(/\s+/g, " ");
}

// The casts let these programs past a compiler, which would refuse some of them before the provider sees them.
describe("a preview stops, says where, what was expected and what to do, and writes nothing", () => {
  test("for a key that the resource does not have", async () => {
    const said = await refused(
      'keyValueStores: ["default"],',
      '...({ keyValueStore: ["default"] } as object),',
    );
    expect(said).toContain('CapabilityGrant has no input "keyValueStore". Did you mean "keyValueStores"?');
    expect(said).toContain("ERR_SPIN_INPUT_UNKNOWN");
    expect(said).toContain("spin:CapabilityGrant (visits)");
  });

  test("for a value of the wrong type", async () => {
    const said = await refused(
      'keyValueStores: ["default"],',
      'keyValueStores: "default" as unknown as string[],',
    );
    expect(said).toContain("Expected array, received string.");
    expect(said).toMatch(/keyValueStores.*ERR_SPIN_INPUT_TYPE|ERR_SPIN_INPUT_TYPE.*keyValueStores/);
  });

  test("for a Pulumi secret in what becomes the manifest, without showing it", async () => {
    const said = await refused(
      "grants: [visits, settings, facts],",
      'grants: [visits, settings, facts], environment: { KEY: pulumi.secret("canary-7f3a") },',
    );
    expect(said).toContain("spin:Component (api)");
    expect(said).toMatch(/is a Pulumi secret.*Declare a Variable with `secret: true`.*ERR_SPIN_INPUT_SECRET/);
    expect(said).not.toContain("canary-7f3a");
  });

  test("for a route that is there twice", async () => {
    const said = await refused('route: "/token"', 'route: "/count"');
    expect(said).toContain("routes[2].route");
    expect(said).toMatch(/"\/count" matches the same paths as "\/count", which is routes\[1\]\. Remove one/);
  });

  test("for a route to a component that the app does not have", async () => {
    const said = await refused('route: "/count", component: api', 'route: "/count", component: "apy"');
    expect(said).toContain("routes[1].component");
    expect(said).toMatch(/leads to .*"apy", but the app has only .*api.*, .*stats.* Did you mean "api"\?/);
  });

  test("for a required variable without a value", async () => {
    const said = await refused('variables: { token: config.requireSecret("token") },', "");
    expect(said).toContain('The app requires the variable "token", and this deployment gives it no value.');
    expect(said).toContain("Add it: variables: { token: … }.");
    expect(said).toContain("spin:HostDeployment (local)");
  });

  test("for the same beside a secret, which it does not show", async () => {
    const secret = (await quickstart.pulumi("config", "get", "token")).stdout.trim();
    const said = await refused(
      "variables: [greeting, upstream, token],",
      'variables: [greeting, upstream, token, new Variable("region")],',
    );
    expect(said).toContain('The app requires the variable "region"');
    expect(secret.length).toBeGreaterThan(20);
    expect(said).not.toContain(secret);
  });

  test("for a host that nobody can be allowed to call", async () => {
    const said = await refused('["http://self"]', '["http://self", "https://example.com/path"]');
    expect(said).toContain("allowedOutboundHosts[1]");
    expect(said).toContain("https://example.com/path");
    expect(said).toContain("spin:CapabilityGrant (facts)");
  });

  test("for a component that imports what the host does not offer", async () => {
    const said = await withFile("moon.wasm", (file) => {
      makeMoonComponent(file);
      return refused(statsBuild(), 'source: "moon.wasm",');
    });
    expect(said).toContain("app.components[1].imports");
    expect(said).toContain(
      'The component "stats" imports acme:moon/phase@1.0.0, which the bundled host does not offer.',
    );
    expect(said).toContain("ERR_SPIN_TARGET_IMPORT");
  });

  test("for a component's file that is no WebAssembly", async () => {
    const said = await withFile("text.wasm", (file) => {
      writeFileSync(file, "This is a text, and longer than a header.\n");
      return refused(statsBuild(), 'source: "text.wasm",');
    });
    expect(said).toContain("text.wasm");
    expect(said).toContain("ERR_SPIN_WASM_MAGIC");
    expect(said).toContain("Check that the build writes a ");
  });

  test("for a component's file that is not there", async () => {
    const said = await refused(statsBuild(), 'source: "nowhere.wasm",');
    expect(said).toContain('Component "stats" has no file at nowhere.wasm.');
    expect(said).toContain("Build it first, or give the component `build: { command, watch }`.");
  });
});

describe("what is no error of the program's shape", () => {
  test("a grant that the component cannot use is a warning", async () => {
    quickstart.edit("index.ts", "grants: [visits],", "grants: [visits, facts],");
    const { exitCode, output } = await quickstart.pulumi("preview", "--color=never");
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toMatch(/warning: components\[1\]\.grants\[1\]\.allowedOutboundHosts/);
    expect(output.replace(/\s+/g, " ")).toContain(
      "Remove allowedOutboundHosts, or build the component to use it.",
    );
  });

  test("a build whose program is not installed fails when it is due, and nothing is deployed", async () => {
    quickstart.edit("index.ts", 'command: ["node", "build.mjs"]', 'command: ["no-such-tool", "build"]');
    expect(await quickstart.pulumi("preview")).toMatchObject({ exitCode: 0 });
    const { exitCode, output } = await quickstart.pulumi("up", "--yes", "--skip-preview", "--color=never");
    expect(exitCode).not.toBe(0);
    const said = output.replace(/\s+/g, " ");
    expect(said).toContain('could not start: there is no program "no-such-tool"');
    expect(said).toContain("Install it, or correct `build.command`.");
    expect(findResource(quickstart.workspace, "HostDeployment")).toBeUndefined();
    expect(existsSync(hostDir(quickstart.workspace.dir))).toBe(false);
  });
});

/** The source and build of the component `stats`, as the program has them. */
function statsBuild(): string {
  return /source: "components\/stats[\s\S]*?\n {2}\},/.exec(program)?.[0] ?? "no such text";
}

async function withFile<T>(name: string, work: (file: string) => Promise<T>): Promise<T> {
  const file = pathOf(name);
  before = [...before, name].sort();
  try {
    return await work(file);
  } finally {
    before = before.filter((other) => other !== name);
    rmSync(file, { force: true });
  }
}

/** An HTTP component, as far as its names go, that wants to know the phase of the moon. */
function makeMoonComponent(file: string): void {
  const wit = `
    world w { import acme:moon/phase@1.0.0; export wasi:http/incoming-handler@0.2.0; }
    package acme:moon@1.0.0 { interface phase { now: func() -> u32; } }
    package wasi:http@0.2.0 { interface incoming-handler { handle: func(); } }`;
  // In a process of its own: the tool is WebAssembly that Jest's module loader does not take.
  const maker = fileURLToPath(new URL("../runtime/component/dummy-component.ts", import.meta.url));
  execFileSync(process.execPath, [maker, file, wit]);
}
