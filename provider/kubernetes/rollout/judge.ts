/** Reads an observation: done, still under way, or stuck for a reason. Knows no clock but the times that it is given. */
import { revisionAnnotation } from "../../../model/kubernetes/index.ts";
import type { LiveDeployment, LivePod, Observation } from "./observe.ts";

export interface Wanted {
  /** `undefined` for an app that was not made here. */
  revision: string | undefined;
  /** `undefined`: an autoscaler decides. */
  replicas: number | undefined;
}

export type Verdict =
  /** `progress` is a line for a person. */
  | { state: "done"; progress: string }
  | { state: "under way"; progress: string }
  /** May heal by itself: to be taken for a failure after `patienceMs` without a change. */
  | { state: "stuck"; progress: string; reason: string; hint?: string; patienceMs: number };

/** How long a trouble may last that often passes: a registry that hiccups, a Secret that is about to come. */
const patienceMs = 15_000;
/** The operator takes a second; on a busy cluster some more. */
const operatorPatienceMs = 45_000;

export function judge(observation: Observation, wanted: Wanted): Verdict {
  const { deployment, events } = observation;
  if (deployment === undefined || !isOfRevision(deployment, wanted)) {
    const executor = events.find(({ reason }) => reason === "MissingExecutor");
    if (deployment === undefined && executor !== undefined)
      return stuck("no Deployment yet", `the operator says: ${executor.message ?? "MissingExecutor"}`, {
        patienceMs: 5_000,
      });
    const progress = deployment === undefined ? "no Deployment yet" : "the operator has the former revision";
    const reason = `the operator of SpinKube made no Deployment of revision ${wanted.revision}`;
    const hint =
      "See that its pods run and what they log: kubectl -n spin-operator logs deploy/spin-operator-controller-manager.";
    return stuck(progress, reason, { patienceMs: operatorPatienceMs, hint });
  }
  const { status = {}, spec, metadata } = deployment;
  const { replicas = 1 } = spec;
  const { updatedReplicas = 0, availableReplicas = 0, conditions = [] } = status;
  const progress = `${updatedReplicas} of ${replicas} pods of the new revision, ${availableReplicas} available`;
  const isObserved = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  if (!isObserved) return { state: "under way", progress };
  const isComplete =
    updatedReplicas === replicas &&
    availableReplicas >= replicas &&
    (status.replicas ?? 0) === updatedReplicas;
  if (isComplete) return { state: "done", progress };
  const failure = conditions.find(({ type, status: it }) => type === "ReplicaFailure" && it === "True");
  if (failure !== undefined)
    return stuck(progress, `pods cannot be made: ${failure.message ?? failure.reason}`, {
      patienceMs: 5_000,
      ...runtimeClassHint(failure.message),
    });
  const pod = observation.pods.map(troubleOf).find((it) => it !== undefined);
  if (pod !== undefined) return { ...pod, progress: `${progress}; ${pod.progress}` };
  const sandbox = events.find(({ reason }) => reason === "FailedCreatePodSandBox");
  if (sandbox !== undefined)
    return stuck(progress, `a pod cannot be started: ${sandbox.message}`, {
      hint: "Install the Spin shim on the node (runtime-class-manager).",
    });
  const late = conditions.find(({ type, status: it }) => type === "Progressing" && it === "False");
  if (late !== undefined)
    return stuck(progress, `the Deployment gives up: ${late.message ?? late.reason}`, { patienceMs: 0 });
  return { state: "under way", progress };
}

function isOfRevision({ spec }: LiveDeployment, { revision, replicas }: Wanted): boolean {
  if (spec.template.metadata?.annotations?.[revisionAnnotation] !== revision) return false;
  return replicas === undefined || spec.replicas === replicas;
}

const hints: Record<string, string> = {
  ErrImagePull:
    "See that the registry has the digest, and that the namespace may pull it: `imagePullSecrets`, `createPullSecret`.",
  ImagePullBackOff:
    "See that the registry has the digest, and that the namespace may pull it: `imagePullSecrets`, `createPullSecret`.",
  CreateContainerConfigError: "Create the Secret or ConfigMap that a variable refers to.",
  CrashLoopBackOff:
    "See what it says: kubectl logs --previous. Its trigger may be unknown to the shim, or a required variable have no value.",
};
const atOnce = new Set(["InvalidImageName"]);
const troubles = new Set([
  ...Object.keys(hints),
  ...atOnce,
  "CreateContainerError",
  "RunContainerError",
  "ErrImageNeverPull",
]);

/** What a pod waits for, when that is trouble. */
function troubleOf({ metadata, status }: LivePod): Extract<Verdict, { state: "stuck" }> | undefined {
  for (const { state, lastState, restartCount = 0 } of status?.containerStatuses ?? []) {
    const { reason = "", message } = state?.waiting ?? {};
    if (!troubles.has(reason)) continue;
    const ended = lastState?.terminated;
    const why =
      reason === "CrashLoopBackOff"
        ? `ended ${restartCount} times${ended?.exitCode === undefined ? "" : `, last with exit code ${ended.exitCode}`}`
        : message;
    const text = `pod ${metadata.name}: ${reason}${why === undefined ? "" : ` (${why})`}`;
    return stuck(text, text, {
      patienceMs: atOnce.has(reason) ? 0 : patienceMs,
      ...(hints[reason] !== undefined && { hint: hints[reason] }),
    });
  }
  return undefined;
}

function runtimeClassHint(message = ""): { hint?: string } {
  if (!/RuntimeClass/.test(message)) return {};
  return { hint: "Create the RuntimeClass, and install the Spin shim on the nodes (runtime-class-manager)." };
}

function stuck(
  progress: string,
  reason: string,
  more: { patienceMs?: number; hint?: string },
): Extract<Verdict, { state: "stuck" }> {
  return { state: "stuck", progress, reason, patienceMs, ...more };
}
