/** Gives a host the binaries of what it is to run, and says which locked application that is. */
import { parseReference } from "../../model/artifact/index.ts";
import type { AppDefinition, ArtifactDefinition, ComponentDefinition } from "../../model/definition.ts";
import { SpinError } from "../../model/errors/index.ts";
import { lockedAppDigest } from "../../model/locked-app/index.ts";
import type { HostClient } from "../../runtime/admin/client.ts";
import { componentBytes } from "../build/index.ts";
import type { Context, Properties } from "../definition/resource.ts";
import { credentialFor, transportTo } from "../registry/access.ts";

/** Binaries of a program are uploaded; an artifact the host pulls by itself. What it has already does not move. */
export async function supply(
  client: HostClient,
  { app, artifact }: Properties,
  context: Context,
): Promise<AppDefinition["lockedApp"]> {
  if (artifact !== undefined) return pull(client, artifact as ArtifactDefinition, context);
  const { components, lockedApp } = app as AppDefinition;
  for (const component of components) await upload(client, component, context);
  return lockedApp;
}

/** ERR_SPIN_ARTIFACT_APP when the registry has another application under this digest than the definition says. */
async function pull(
  client: HostClient,
  { reference, app }: ArtifactDefinition,
  { configuration }: Context,
): Promise<AppDefinition["lockedApp"]> {
  const { registry } = parseReference(reference);
  const credential = await credentialFor(registry, configuration);
  const { lockedApp } = await client.pull({
    reference,
    ...transportTo(registry, {}, configuration),
    ...(credential === undefined ? {} : { credential }),
  });
  const found = lockedAppDigest(lockedApp);
  if (found === app.digest) return lockedApp;
  const message = `${reference} holds the application ${found}, and its definition says ${app.digest}.`;
  throw new SpinError("ERR_SPIN_ARTIFACT_APP", message, { path: "artifact" });
}

async function upload(
  client: HostClient,
  component: ComponentDefinition,
  { projectDir, signal }: Context,
): Promise<void> {
  if (await client.hasBlob(component.digest)) return;
  // The host forgot it, or it is another host, and this machine may never have built it.
  await client.putBlob(component.digest, await componentBytes(component, projectDir, signal));
}
