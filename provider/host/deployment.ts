import { resolve } from "node:path";
import type { AppDefinition, ComponentDefinition } from "../../model/definition.ts";
import { connect, hasHostState, type HostClient } from "../../runtime/admin/client.ts";
import type { AppStatus } from "../../runtime/admin/protocol.ts";
import { componentBytes } from "../build/index.ts";
import type { Properties } from "../definition/resource.ts";

/** Brings the host to what the inputs say: uploads the binaries it lacks, then deploys. */
export async function deployApp(inputs: Properties, projectDir: string): Promise<Properties> {
  const { app, name, listen, variables } = inputs;
  const client = await connect({ ...stateDirOf(inputs, projectDir), start: true });
  for (const component of (app as AppDefinition).components) await upload(client, component, projectDir);
  const status = await client.deploy(name, { lockedApp: app.lockedApp, listen, variables });
  return { ...inputs, ...outputsOf(status) };
}

/** What the host has, or `undefined` when it has no such app. */
export async function readApp(state: Properties, projectDir: string): Promise<Properties | undefined> {
  const { stateDir } = stateDirOf(state, projectDir);
  const client = await connect(stateDirOf(state, projectDir));
  // A host that does not run serves nothing, but what it should serve is still on its disk.
  if (client === undefined) return hasHostState(stateDir) ? { ...state, status: "stopped" } : undefined;
  const status = await client.getApp(state["name"]);
  if (status === undefined) return undefined;
  return { ...state, ...outputsOf(status), listen: status.listen, variables: status.variables };
}

export async function removeApp(state: Properties, projectDir: string): Promise<void> {
  const { stateDir } = stateDirOf(state, projectDir);
  if (!hasHostState(stateDir)) return;
  // Also when it does not run: the host would bring the app back at its next start.
  const client = await connect({ ...stateDirOf(state, projectDir), start: true });
  await client.deleteApp(state["name"]);
}

function outputsOf({ url, digest, revision, status }: AppStatus): Properties {
  return { url, digest, revision, status };
}

function stateDirOf({ host }: Properties, projectDir: string): { stateDir?: string } {
  return host === undefined ? {} : { stateDir: resolve(projectDir, host.stateDir) };
}

async function upload(client: HostClient, component: ComponentDefinition, projectDir: string): Promise<void> {
  if (await client.hasBlob(component.digest)) return;
  // The host forgot it, or it is another host, and this machine may never have built it.
  await client.putBlob(component.digest, await componentBytes(component, projectDir));
}
