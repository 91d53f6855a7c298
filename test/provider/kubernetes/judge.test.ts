import { describe, expect, test } from "@jest/globals";
import { judge } from "../../../provider/kubernetes/rollout/judge.ts";
import type {
  LiveDeployment,
  LiveEvent,
  LivePod,
  Observation,
} from "../../../provider/kubernetes/rollout/observe.ts";

const revision = "new";
const wanted = { revision, replicas: 2 };

function deployment(
  status: LiveDeployment["status"],
  more: { revision?: string; replicas?: number } = {},
): LiveDeployment {
  return {
    metadata: { name: "shop", generation: 3 },
    spec: {
      replicas: more.replicas ?? 2,
      template: { metadata: { annotations: { "pulumi-spin/revision": more.revision ?? revision } } },
    },
    status: { observedGeneration: 3, ...status },
  } as unknown as LiveDeployment;
}
const complete = { replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
const pod = (reason: string): LivePod =>
  ({
    metadata: { name: "shop-1" },
    status: { containerStatuses: [{ restartCount: 2, state: { waiting: { reason, message: "so it is" } } }] },
  }) as unknown as LivePod;
const seen = (given: Partial<Observation>): ReturnType<typeof judge> =>
  judge({ deployment: undefined, pods: [], events: [], ...given }, wanted);

describe("a rollout is", () => {
  test("done when all pods are of the revision and available", () => {
    expect(seen({ deployment: deployment(complete) })).toMatchObject({ state: "done" });
  });

  test.each<[string, LiveDeployment]>([
    ["pods of the former revision are left", deployment({ ...complete, replicas: 3 })],
    ["pods are not available yet", deployment({ ...complete, availableReplicas: 1 })],
    ["the controller has not seen the change", deployment({ ...complete, observedGeneration: 2 })],
  ])("under way while %s", (_what, it) => {
    expect(seen({ deployment: it })).toMatchObject({ state: "under way" });
  });

  test.each<[string, LiveDeployment | undefined]>([
    ["there is no Deployment", undefined],
    [
      "the Deployment is of the former revision, though all of it is available",
      deployment(complete, { revision: "old" }),
    ],
    ["the Deployment has another number of replicas", deployment(complete, { replicas: 3 })],
  ])("the operator's move when %s, and its failure after a while", (_what, it) => {
    expect(seen({ deployment: it })).toMatchObject({
      state: "stuck",
      reason: expect.stringContaining("operator of SpinKube made no Deployment"),
      patienceMs: 45_000,
    });
  });

  test("done with any number of replicas when an autoscaler decides", () => {
    const observation = {
      deployment: deployment({ replicas: 5, updatedReplicas: 5, availableReplicas: 5 }, { replicas: 5 }),
      pods: [],
      events: [],
    };
    expect(judge(observation, { revision, replicas: undefined })).toMatchObject({ state: "done" });
  });

  test.each([
    "ErrImagePull",
    "ImagePullBackOff",
    "CreateContainerConfigError",
    "CrashLoopBackOff",
    "RunContainerError",
  ])("stuck for a while when a pod waits for %s", (reason) => {
    const verdict = seen({
      deployment: deployment({ replicas: 2, updatedReplicas: 1 }),
      pods: [pod(reason)],
    });
    expect(verdict).toMatchObject({
      state: "stuck",
      reason: expect.stringContaining(`pod shop-1: ${reason}`),
      patienceMs: 15_000,
    });
  });

  test("stuck at once for a name that no registry can have", () => {
    expect(seen({ deployment: deployment({}), pods: [pod("InvalidImageName")] })).toMatchObject({
      patienceMs: 0,
    });
  });

  test("not stuck while a container is created", () => {
    expect(seen({ deployment: deployment({}), pods: [pod("ContainerCreating")] })).toMatchObject({
      state: "under way",
    });
  });

  test("stuck for reasons of the Deployment, the node and the operator", () => {
    const condition = (type: string, status: string) => ({
      conditions: [{ type, status, message: "exceeded quota" }],
    });
    expect(seen({ deployment: deployment(condition("ReplicaFailure", "True")) })).toMatchObject({
      reason: "pods cannot be made: exceeded quota",
    });
    expect(seen({ deployment: deployment(condition("Progressing", "False")) })).toMatchObject({
      reason: expect.stringContaining("gives up"),
      patienceMs: 0,
    });
    const event = (reason: string): LiveEvent =>
      ({ reason, message: "no runtime for spin" }) as unknown as LiveEvent;
    expect(seen({ deployment: deployment({}), events: [event("FailedCreatePodSandBox")] })).toMatchObject({
      reason: "a pod cannot be started: no runtime for spin",
      hint: expect.stringContaining("shim"),
    });
    expect(seen({ events: [event("MissingExecutor")] })).toMatchObject({
      reason: expect.stringContaining("the operator says"),
    });
  });
});
