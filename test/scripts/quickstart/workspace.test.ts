import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { PulumiCli } from "../../../scripts/pulumi/cli.ts";
import {
  findResource,
  hasResources,
  lockHolders,
  pendingOperations,
} from "../../../scripts/quickstart/stack.ts";
import { openWorkspace, stateFile, type Workspace } from "../../../scripts/quickstart/workspace.ts";

const cli: PulumiCli = { binDir: "/cli/bin", path: "/cli/bin/pulumi", version: "v3.259.0", origin: "cache" };
let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "workspace-"));
  writeFileSync(join(dir, "Pulumi.yaml"), "name: quickstart\nruntime: nodejs\n");
});
afterEach(() => rmSync(dir, { recursive: true }));

const open = (environment: NodeJS.ProcessEnv = {}): Workspace =>
  openWorkspace(cli, { projectDir: dir, dir: join(dir, "run"), environment });

describe("openWorkspace", () => {
  test("makes a passphrase once, that only its owner can read", () => {
    const { environment } = open();
    const file = environment["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? "";
    const passphrase = readFileSync(file, "utf8");
    expect(passphrase.length).toBeGreaterThanOrEqual(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    open();
    expect(readFileSync(file, "utf8")).toBe(passphrase);
  });

  test("lets no setting of Pulumi or Node from the shell in", () => {
    const shell = {
      PATH: "/usr/bin",
      HOME: "/h",
      PULUMI_ACCESS_TOKEN: "pul-1",
      PULUMI_CONFIG_PASSPHRASE: "x",
      NODE_OPTIONS: "--inspect",
    };
    const { environment } = open(shell);
    expect(environment).not.toHaveProperty("PULUMI_ACCESS_TOKEN");
    expect(environment).not.toHaveProperty("PULUMI_CONFIG_PASSPHRASE");
    expect(environment).not.toHaveProperty("NODE_OPTIONS");
    expect(environment["HOME"]).toBe("/h");
    expect(environment["PATH"]).toMatch(/node_modules\/\.bin:\/cli\/bin:\/usr\/bin$/);
  });

  test("keeps the backend, the home and the host inside its folder", () => {
    const { environment } = open();
    expect(environment["PULUMI_BACKEND_URL"]).toBe(`file://${join(dir, "run", "state")}`);
    expect(environment["PULUMI_HOME"]).toBe(join(dir, "run", "home"));
    expect(environment["PULUMI_SPIN_HOST_DIR"]).toBe(join(dir, "run", "host"));
  });
});

describe("the state of a stack", () => {
  test("of a stack that is not there is empty", () => {
    const workspace = open();
    expect(hasResources(workspace)).toBe(false);
    expect(pendingOperations(workspace)).toBe(0);
    expect(lockHolders(workspace)).toEqual([]);
  });

  test("is read from the backend's file", () => {
    const workspace = open();
    const deployment = {
      urn: "u",
      type: "pulumi-nodejs:dynamic/spin:HostDeployment",
      outputs: { url: "http://127.0.0.1:3000" },
    };
    const latest = {
      resources: [{ urn: "s", type: "pulumi:pulumi:Stack" }, deployment],
      pending_operations: [{}],
    };
    mkdirSync(join(stateFile(workspace), ".."), { recursive: true });
    writeFileSync(stateFile(workspace), JSON.stringify({ version: 3, checkpoint: { stack: "dev", latest } }));
    expect(hasResources(workspace)).toBe(true);
    expect(pendingOperations(workspace)).toBe(1);
    expect(findResource(workspace, "HostDeployment")).toEqual(deployment);
    expect(findResource(workspace, "Deployment")).toBeUndefined();
  });

  test("names who holds the backend's lock", () => {
    const workspace = open();
    const locks = join(workspace.dir, "state", ".pulumi", "locks", "organization", "quickstart", "dev");
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, "a.json"), JSON.stringify({ pid: 4242, hostname: "h" }));
    writeFileSync(join(locks, "a.json.attrs"), "{}");
    expect(lockHolders(workspace)).toEqual([4242]);
  });
});
