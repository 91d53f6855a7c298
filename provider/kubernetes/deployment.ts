/** Makes, changes and removes what a deployment is in a cluster. Every step may be done again. */
import { type Code, isSpinError } from "../../model/errors/index.ts";
import { PartialFailure } from "../definition/partial-failure.ts";
import type { Context, Created, Properties } from "../definition/resource.ts";
import { applyAll, deleteObjects, ensureNamespace, keepReplicas } from "./apply.ts";
import { deleteSpinApp } from "./delete.ts";
import { isKnownDrift, mayForce, refuseForeign } from "./ownership.ts";
import { fingerprints, keyOf, outputsOf, type Plan, planOf, replicasOf } from "./plan.ts";
import { requireExecutor, requireReferences } from "./requirements.ts";
import { makeWay, removeAdditions } from "./restore.ts";
import { rollBack } from "./rollback.ts";
import { waitForRollout } from "./rollout/wait.ts";
import { deleteStaleSecrets } from "./stale-secrets.ts";
import { type Target, targetOf } from "./target.ts";

export async function createDeployment(inputs: Properties, context: Context): Promise<Created> {
  const target = await targetOf(inputs, context);
  const plan = planOf(inputs, target.namespace, context.configuration);
  if (inputs["createNamespace"]) await ensureNamespace(target, context.signal);
  await refuseForeign(plan, target, inputs, context.signal);
  return { id: idOf(plan), outputs: await deploy(inputs, plan, target, context) };
}

export async function updateDeployment(
  old: Properties,
  inputs: Properties,
  context: Context,
): Promise<Properties> {
  const target = await targetOf(inputs, context);
  const plan = planOf(inputs, target.namespace, context.configuration);
  return deploy(inputs, plan, target, context, old);
}

export async function deleteDeployment(id: string, state: Properties, context: Context): Promise<void> {
  const [namespace = "", name = ""] = id.split("/");
  const target = await targetOf({ ...state, namespace }, context);
  await deleteSpinApp(name, target, context);
  const others = Object.keys(state["objects"] ?? {}).filter((key) => !key.startsWith("SpinApp/"));
  await deleteObjects(others, target, context.signal);
  await deleteStaleSecrets(name, [], target, context.signal);
}

function idOf({ spec }: Plan): string {
  return `${spec.namespace}/${spec.name}`;
}

async function deploy(
  inputs: Properties,
  plan: Plan,
  target: Target,
  context: Context,
  old?: Properties,
): Promise<Properties> {
  const { spec, objects, revision } = plan;
  const { signal } = context;
  const wanted = fingerprints(objects);
  const there: Record<string, string> = { ...old?.["objects"] };
  const outputs = (status: string): Properties => ({
    ...inputs,
    ...outputsOf(plan),
    server: target.client.server,
    objects: { ...there },
    status,
  });
  const executor = await requireExecutor(spec, target, signal);
  await requireReferences(spec, target, signal);
  const drifted = objects.filter((object) => isKnownDrift(keyOf(object), old));
  let isAppThere = false;
  try {
    if (old !== undefined && old["autoscaling"] === undefined && spec.autoscaling !== undefined)
      await keepReplicas(spec.name, target, signal);
    for (const object of drifted) await makeWay(object, target, signal);
    await applyAll(
      objects,
      target,
      {
        mayForce: (key) => mayForce(key, inputs, old),
        onApplied(key) {
          there[key] = wanted[key] ?? "";
          if (key.startsWith("SpinApp/")) isAppThere = true;
        },
        onUncertain: (key) => (there[key] ??= "not known"),
      },
      signal,
    );
    for (const object of drifted) await removeAdditions(object, target, signal);
    if (inputs["waitForReady"] === false || !executor.createsDeployment)
      return { ...outputs("progressing"), objects: await withoutFormer(plan, there, target, signal) };
    await waitForRollout(spec.name, { revision, replicas: replicasOf(plan) }, target, context);
    return { ...outputs("available"), objects: await withoutFormer(plan, there, target, signal) };
  } catch (cause) {
    if (old !== undefined && isAppThere && inputs["rollbackOnFailure"] === true && isFailedRollout(cause))
      throw await rollBack(idOf(plan), old, cause, target, context);
    if (Object.keys(there).length === 0) throw cause;
    const honest = isAppThere || old === undefined ? outputs("failing") : { ...old, objects: { ...there } };
    throw new PartialFailure(idOf(plan), honest, cause);
  }
}

/** Once the new revision serves, what only the former one needed goes. */
async function withoutFormer(
  { spec, objects }: Plan,
  there: Record<string, string>,
  target: Target,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const wanted = fingerprints(objects);
  await deleteObjects(
    Object.keys(there).filter((key) => !(key in wanted)),
    target,
    signal,
  );
  await deleteStaleSecrets(spec.name, Object.keys(wanted), target, signal);
  return wanted;
}

function isFailedRollout(cause: unknown): boolean {
  const code: Code = "ERR_SPIN_ROLLOUT_FAILED";
  return isSpinError(cause) && cause.code === code;
}
