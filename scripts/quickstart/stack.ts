import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { runPulumi } from "./run-pulumi.ts";
import { stateFile, type Workspace } from "./workspace.ts";

export interface StackSettings {
  /** `host:port` for the app; unless given, what was set before stays. */
  listen?: string;
}

/**
 * Makes the stack and its configuration where they are missing: a secret `token`, made once, and `listen`
 * when given.
 */
export async function ensureStack(workspace: Workspace, { listen }: StackSettings = {}): Promise<void> {
  const configFile = join(workspace.projectDir, `Pulumi.${workspace.stack}.yaml`);
  const isNew = !existsSync(stateFile(workspace));
  // A configuration of an earlier state is encrypted with a passphrase that is gone.
  if (isNew) rmSync(configFile, { force: true });
  if (isNew || !existsSync(join(workspace.dir, "home", "workspaces"))) {
    await must(workspace, ["stack", "select", "--create", workspace.stack]);
  }
  const hasToken =
    existsSync(configFile) && readFileSync(configFile, "utf8").includes(`${workspace.project}:token:`);
  if (!hasToken) await setConfig(workspace, ["--secret", "token"], randomBytes(18).toString("base64url"));
  if (listen !== undefined)
    await must(workspace, ["config", "set", "--stack", workspace.stack, "listen", listen]);
}

/** Whether anything is deployed: the state has resources. */
export function hasResources(workspace: Workspace): boolean {
  return (readCheckpoint(workspace)?.resources?.length ?? 0) > 0;
}

export interface StateResource {
  urn: string;
  type: string;
  outputs?: Record<string, unknown>;
}

/** The resource of that kind in the state, for example `HostDeployment`; secrets in it are encrypted. */
export function findResource(workspace: Workspace, kind: string): StateResource | undefined {
  return readCheckpoint(workspace)?.resources?.find(({ type }) => isKind(type, kind));
}

/**
 * Whether a Pulumi type is our resource of that name, by either front end: `pulumi-nodejs:dynamic/spin:App`,
 * `spin:index:App`.
 */
export function isKind(type: string, kind: string): boolean {
  return type === `pulumi-nodejs:dynamic/spin:${kind}` || type === `spin:index:${kind}`;
}

interface Checkpoint {
  resources?: StateResource[];
  pending_operations?: unknown[];
}

/** The number of operations that an interrupted Pulumi began and did not see the end of. */
export function pendingOperations(workspace: Workspace): number {
  return readCheckpoint(workspace)?.pending_operations?.length ?? 0;
}

/** The processes that hold the backend's lock of the stack; a killed Pulumi leaves its own behind. */
export function lockHolders(workspace: Workspace): number[] {
  const { dir, project, stack } = workspace;
  const folder = join(dir, "state", ".pulumi", "locks", "organization", project, stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => Number((JSON.parse(readFileSync(join(folder, name), "utf8")) as { pid?: unknown }).pid));
}

async function setConfig(workspace: Workspace, args: string[], value: string): Promise<void> {
  await must(workspace, ["config", "set", "--stack", workspace.stack, ...args], value);
}

async function must(workspace: Workspace, args: string[], input?: string): Promise<void> {
  const command = [...args, "--non-interactive"];
  const { exitCode, stdout, stderr } = await runPulumi(workspace, command, {
    output: "capture",
    ...(input === undefined ? {} : { input }),
  });
  if (exitCode === 0) return;
  throw new Failure(
    `${stdout}${stderr}\npulumi ${args.join(" ")} ended with exit code ${exitCode}.`,
    "If the lines above do not help: npm run stop, delete .quickstart, and start again.",
  );
}

function readCheckpoint(workspace: Workspace): Checkpoint | undefined {
  const file = stateFile(workspace);
  if (!existsSync(file)) return undefined;
  const state = JSON.parse(readFileSync(file, "utf8")) as { checkpoint?: { latest?: Checkpoint } };
  return state.checkpoint?.latest;
}
