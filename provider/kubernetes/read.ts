import {
  manager as ourName,
  type KubernetesObject,
  revisionAnnotation,
  urlOf,
} from "../../model/kubernetes/index.ts";
import type { Context, Observed, Properties } from "../definition/resource.ts";
import type { LiveObject } from "./api/client.ts";
import { referenceTo } from "./api/kinds.ts";
import { describeDrift, type Drift, driftOf } from "./drift.ts";
import { inputsOfPart, inputsOfSpinApp } from "./live-inputs.ts";
import { keyOf, planOf } from "./plan.ts";
import { judge } from "./rollout/judge.ts";
import { observe } from "./rollout/observe.ts";
import { type Target, targetOf } from "./target.ts";

/** What the cluster has of a deployment; `undefined` when there is no such SpinApp. */
export async function readDeployment(
  id: string,
  state: Properties,
  context: Context,
): Promise<Observed | undefined> {
  const [namespace = "", name = ""] = id.split("/");
  const target = await targetOf({ ...state, namespace }, context);
  const live = await target.client.get({ kind: "SpinApp", namespace, name }, context.signal);
  if (live === undefined) return undefined;
  const found =
    state["objects"] === undefined
      ? imported(live, target, state)
      : await compared({ ...state, name, namespace }, live, target, context);
  const outputs = { ...found, status: await statusOf(live, target, context.signal) };
  const { status: _status, ...inputs } = outputs;
  return { outputs, inputs };
}

async function compared(
  state: Properties,
  liveApp: LiveObject,
  target: Target,
  context: Context,
): Promise<Properties> {
  const { objects } = planOf(state, target.namespace, context.configuration);
  const ours = objects.filter(({ kind }) => kind === "Secret").map(({ metadata }) => metadata.name);
  const found: Properties = { ...state, objects: {} };
  for (const object of objects) {
    const key = keyOf(object);
    const live =
      object.kind === "SpinApp" ? liveApp : await target.client.get(referenceTo(object), context.signal);
    if (live === undefined) {
      context.log(`${key} is gone.`, "warning");
      continue;
    }
    const drift = await driftOf(object, live, target, context.signal);
    found["objects"][key] = drift.length === 0 ? state["objects"][key] : `changed: ${describeDrift(drift)}`;
    if (drift.length > 0) context.log(`${key} was changed: ${describeDrift(drift)}`, "warning");
    if (object.kind === "SpinApp") Object.assign(found, changedInputs(drift, live, state, ours));
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The inputs that drift concerns, with what the cluster holds now. */
function changedInputs(
  drift: readonly Drift[],
  live: KubernetesObject,
  state: Properties,
  ours: string[],
): Properties {
  const parts = new Set(drift.map(({ path }) => String(path[1])));
  const spec = live["spec"] as Record<string, unknown>;
  return Object.assign({}, ...[...parts].map((part) => inputsOfPart(part, spec, state, ours))) as Properties;
}

function imported(live: LiveObject, target: Target, state: Properties): Properties {
  const { name } = live.metadata;
  const { namespace } = target;
  const { cluster } = state;
  const others = { ...(cluster !== undefined && { cluster }) };
  const spec = live["spec"] as { podAnnotations?: Record<string, string> };
  return {
    ...others,
    ...inputsOfSpinApp(live),
    name,
    namespace,
    server: target.client.server,
    url: urlOf({ name, namespace }),
    revision: spec.podAnnotations?.[revisionAnnotation] ?? "",
    objects: { [`SpinApp/${name}`]: `not by ${ourName}` },
  };
}

async function statusOf(live: LiveObject, target: Target, signal: AbortSignal): Promise<string> {
  const spec = live["spec"] as { podAnnotations?: Record<string, string>; replicas?: number };
  const revision = spec.podAnnotations?.[revisionAnnotation];
  const { name } = live.metadata;
  const observation = await observe(name, revision, target, signal, { withPods: true });
  const verdict = judge(observation, { revision, replicas: spec.replicas });
  return verdict.state === "done" ? "available" : verdict.state === "stuck" ? "failing" : "progressing";
}
