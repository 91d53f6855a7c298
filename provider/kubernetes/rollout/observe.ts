import { revisionAnnotation } from "../../../model/kubernetes/index.ts";
import type { LiveObject } from "../api/client.ts";
import type { Target } from "../target.ts";

export interface LiveDeployment extends LiveObject {
  spec: { replicas?: number; template: { metadata?: { annotations?: Record<string, string> } } };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
  };
}

export interface LivePod extends LiveObject {
  status?: {
    phase?: string;
    containerStatuses?: {
      restartCount?: number;
      state?: { waiting?: { reason?: string; message?: string } };
      lastState?: { terminated?: { exitCode?: number; reason?: string; message?: string } };
    }[];
  };
}

export interface LiveEvent extends LiveObject {
  type?: string;
  reason?: string;
  message?: string;
  involvedObject?: { kind?: string; name?: string };
}

export interface Observation {
  deployment: LiveDeployment | undefined;
  /** Of the revision that is waited for. */
  pods: LivePod[];
  /** Warnings about the app, its Deployment and pods. */
  events: LiveEvent[];
}

/** How things are with a deployment at this moment. The Deployment alone tells whether all is well. */
export async function observe(
  name: string,
  revision: string | undefined,
  { client, namespace }: Target,
  signal: AbortSignal,
  { withPods }: { withPods: boolean },
): Promise<Observation> {
  const deployment = await client.get<LiveDeployment>({ kind: "Deployment", namespace, name }, signal);
  if (!withPods) return { deployment, pods: [], events: [] };
  const selector = { labelSelector: `core.spinkube.dev/app-name=${name}` };
  const [pods, events] = await Promise.all([
    client.list<LivePod>({ kind: "Pod", namespace }, selector, signal),
    client.list<LiveEvent>({ kind: "Event", namespace }, { fieldSelector: "type=Warning" }, signal),
  ]);
  const isOurs = ({ involvedObject }: LiveEvent): boolean =>
    involvedObject?.name === name || (involvedObject?.name?.startsWith(`${name}-`) ?? false);
  return {
    deployment,
    pods: pods.filter(({ metadata }) => metadata.annotations?.[revisionAnnotation] === revision),
    events: events.filter(isOurs),
  };
}
