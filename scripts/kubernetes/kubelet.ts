/**
 * Stands in for scheduler and kubelet, which need a container runtime: binds pods to a node and says that they run, or
 * that they fail as their annotation `fake/fail` wants: a reason for which a container waits, such as ImagePullBackOff.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesClient, LiveObject } from "../../provider/kubernetes/api/client.ts";

const node = "fake-0";
const pollMs = 100;

interface Pod extends LiveObject {
  spec: { nodeName?: string; containers: { name: string; image: string }[] };
  status?: {
    conditions?: { type: string; status: string }[];
    containerStatuses?: { state?: { waiting?: { reason: string } } }[];
  };
}

export class Kubelet {
  readonly #client: KubernetesClient;
  readonly #ended = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(client: KubernetesClient) {
    this.#client = client;
  }

  async start(): Promise<void> {
    const body = { apiVersion: "v1", kind: "Node", metadata: { name: node } };
    await this.#client.apply(body, { fieldManager: "kubelet" }, this.#ended.signal);
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      const pods = await this.#client.list<Pod>({ kind: "Pod" }, {}, signal).catch(() => []);
      for (const pod of pods) {
        // Somebody else may have deleted or changed it; the next round sees.
        await this.#tend(pod).catch(() => undefined);
      }
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #tend(pod: Pod): Promise<void> {
    const { signal } = this.#ended;
    const { name, namespace, deletionTimestamp, annotations } = pod.metadata;
    const reference = { kind: "Pod", namespace, name } as const;
    if (deletionTimestamp !== undefined) {
      await this.#client.delete(reference, { gracePeriodSeconds: 0 }, signal);
      return;
    }
    if (pod.spec.nodeName === undefined) {
      const target = { apiVersion: "v1", kind: "Node", name: node };
      const binding = { apiVersion: "v1", kind: "Binding", metadata: { name, namespace }, target };
      await this.#client.request("POST", reference, binding, { signal, part: "/binding" });
    }
    const failure = annotations?.["fake/fail"];
    if (stateOf(pod) === (failure ?? "Running")) return;
    const type = "application/strategic-merge-patch+json";
    await this.#client.request(
      "PATCH",
      reference,
      { status: statusOf(pod, failure) },
      { signal, type, part: "/status" },
    );
  }
}

function stateOf({ status }: Pod): string | undefined {
  const isReady = status?.conditions?.some(({ type, status: it }) => type === "Ready" && it === "True");
  return isReady ? "Running" : status?.containerStatuses?.[0]?.state?.waiting?.reason;
}

function statusOf({ spec }: Pod, failure: string | undefined): object {
  const now = new Date().toISOString();
  const isReady = failure === undefined;
  const state = isReady
    ? { running: { startedAt: now } }
    : { waiting: { reason: failure, message: `fake ${failure}` } };
  return {
    phase: isReady ? "Running" : "Pending",
    podIP: "10.9.0.1",
    conditions: ["Initialized", "ContainersReady", "Ready", "PodScheduled"].map((type) => ({
      type,
      status: isReady || type === "PodScheduled" ? "True" : "False",
      lastTransitionTime: now,
    })),
    containerStatuses: spec.containers.map(({ name, image }) => ({
      name,
      image,
      imageID: "",
      ready: isReady,
      restartCount: failure === "CrashLoopBackOff" ? 3 : 0,
      started: isReady,
      state,
    })),
  };
}
