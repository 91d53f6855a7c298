import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AppDefinition } from "../../model/definition.ts";
import { SpinError } from "../../model/errors/index.ts";
import { connect, type ConnectOptions, hasHostState, type HostClient } from "../../runtime/admin/client.ts";
import { isUnanswered } from "../../runtime/admin/answer.ts";
import type { AppStatus, Denial } from "../../runtime/admin/protocol.ts";
import type { Configuration } from "../definition/configuration.ts";
import { ownerKey } from "../definition/kept-keys.ts";
import { PartialFailure } from "../definition/partial-failure.ts";
import type { Context, Properties } from "../definition/resource.ts";
import { appOf, withApp } from "./source.ts";
import { supply } from "./supply.ts";

/** How long a cancelled operation may look at what became of it. */
const lastLookMs = 2_000;

/**
 * Brings the host to what the inputs say: gives it the binaries it lacks, then deploys. `old`: what it was. The app is this
 * deployment's from then on, so that the one it replaces, deleted afterwards, leaves it alone.
 */
export async function deployApp(inputs: Properties, context: Context, old?: Properties): Promise<Properties> {
  const { listen, variables, health, limits, waitForReady } = inputs;
  const name = nameOf(inputs);
  const owner: string = old?.[ownerKey] ?? randomUUID();
  const wanted = { ...inputs, name, [ownerKey]: owner };
  const client = await connect({ ...hostOptions(inputs, context), start: true });
  const before = old === undefined ? await refuseForeign(client, inputs) : old["revision"];
  const lockedApp = await supply(client, inputs, context);
  const deployed = client.deploy(name, {
    lockedApp,
    listen,
    variables,
    owner,
    ...(health && { health: { path: health.path, timeoutMs: health.timeoutSeconds * 1000 } }),
    ...(limits !== undefined && { limits }),
    ...(waitForReady === false && { waitForReady }),
  });
  const status = await deployed.catch((error: unknown) => half(error, wanted, context, { old, before }));
  const outputs = { ...withLimits(wanted, status), ...outputsOf(status) };
  if (limits === undefined || status.limits !== undefined) return outputs;
  const message = `The host that runs is of an earlier version, which knows no limits: "${name}" runs without them.`;
  const cause = new SpinError("ERR_SPIN_HOST_REQUEST", message, { path: "limits" });
  throw new PartialFailure(name, outputs, cause);
}

/**
 * An app of that name which is not what is to be deployed belongs to somebody else, as far as anyone can tell; the answer
 * is the revision of one that is adopted. What is the same already may be of a create whose end was never heard of.
 */
async function refuseForeign(client: HostClient, inputs: Properties): Promise<number | undefined> {
  const { adopt = false } = inputs;
  const name = nameOf(inputs);
  const found = await client.getApp(name);
  if (found === undefined || found.digest === (appOf(inputs) as AppDefinition).digest) return undefined;
  if (adopt) return found.revision;
  const message = `The host has another app "${name}": ${found.digest}, revision ${found.revision}, at ${found.url}.`;
  throw new SpinError("ERR_SPIN_DEPLOYMENT_EXISTS", message, { path: "name" });
}

/** What the host has, or `undefined` when it has no such app. */
export async function readApp(state: Properties, context: Context): Promise<Properties | undefined> {
  const host = hostOptions(state, context);
  const client = await connect(host);
  if (client === undefined && hasHostState(host.stateDir) && state["digest"] === undefined) {
    const message = `No host runs that could say what "${state["name"]}" is.`;
    throw new SpinError("ERR_SPIN_HOST_NOT_RUNNING", message);
  }
  // A host that does not run serves nothing, but what it should serve is still on its disk.
  if (client === undefined) return hasHostState(host.stateDir) ? { ...state, status: "stopped" } : undefined;
  const status = await client.getApp(state["name"]);
  if (status === undefined) return undefined;
  const { listen, variables, digest } = status;
  const found = { ...withLimits(state, status), ...outputsOf(status), listen, variables };
  const known = appOf(state) as AppDefinition | undefined;
  if (known !== undefined && digest === state["digest"]) return found;
  // Somebody deployed another application: with it in place, a refresh names the routes, grants and files that differ.
  const lockedApp = await client.lockedApp(status.app);
  return withApp(found, { ...(known ?? knownApp(status)), digest, lockedApp });
}

/** Of an app that is imported, the host knows what runs, and which variables are secret. */
function knownApp({ app: name, secretVariables }: AppStatus): Properties {
  const variables = secretVariables.map((secret) => ({ name: secret, required: true, secret: true }));
  return { name, variables, components: [], routes: [] };
}

/** What the app's components were refused, as the host remembers it; nothing without a host that runs. */
export async function readDenials(state: Properties, context: Context): Promise<Denial[]> {
  const client = await connect(hostOptions(state, context));
  return (await client?.denials(nameOf(state))) ?? [];
}

export async function removeApp(state: Properties, context: Context): Promise<void> {
  const host = hostOptions(state, context);
  if (!hasHostState(host.stateDir)) return;
  // Also when it does not run: the host would bring the app back at its next start.
  const client = await connect({ ...host, start: true });
  await client.deleteApp(state["name"], state[ownerKey]);
}

/** The app's name on the host: its own, unless the deployment gives another. */
export function nameOf(inputs: Properties): string {
  return String(inputs["name"] ?? (appOf(inputs) as AppDefinition).name);
}

/**
 * The host may have gone on after this process lost it or gave up: what it has by now belongs in the state. When it cannot
 * be asked, the wish does, with what was before: the next update goes on, a refresh finds out, and a destroy deletes it.
 */
async function half(
  cause: unknown,
  wanted: Properties,
  context: Context,
  { old, before }: { old: Properties | undefined; before: number | undefined },
): Promise<never> {
  // Asked anew: the signal may be what ended the call, and then the host is still at it.
  const signal = AbortSignal.timeout(lastLookMs);
  // Without a digest a host that does not run is no answer.
  const state = { ...wanted, ...old, digest: undefined };
  const unknown = isUnanswered(cause) ? (old ?? wanted) : undefined;
  // A look that ends with its time says nothing against the one before.
  const look = (former: Properties | undefined) =>
    readApp(state, { ...context, signal }).catch(() => (signal.aborted ? former : unknown));
  const isAsBefore = (app?: Properties): boolean =>
    app === undefined || (app !== unknown && app["revision"] === before);
  let found = await look(unknown);
  while (context.signal.aborted && isAsBefore(found) && !signal.aborted) {
    await sleep(100);
    found = await look(found);
  }
  throw isAsBefore(found) ? cause : new PartialFailure(wanted["name"], found ?? {}, cause);
}

/** With the limits that the host has: none, the engine's defaults, is no property, as in a program that gives none. */
function withLimits({ limits: _limits, ...bag }: Properties, { limits = {} }: AppStatus): Properties {
  return Object.keys(limits).length === 0 ? bag : { ...bag, limits };
}

function outputsOf({ url, digest, revision, status, history }: AppStatus): Properties {
  return { url, digest, revision, status, history };
}

/** The input `host` of what names none. */
export function configuredHost({ hostDir }: Configuration): Properties {
  return hostDir === undefined ? {} : { host: { stateDir: hostDir } };
}

/** Which host, and until when it is asked. */
export function hostOptions({ host }: Properties, { projectDir, signal }: Context): ConnectOptions {
  return { signal, ...(host === undefined ? {} : { stateDir: resolve(projectDir, host.stateDir) }) };
}
