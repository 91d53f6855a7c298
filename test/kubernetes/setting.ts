import type { KubernetesObject } from "../../model/kubernetes/index.ts";
import type { TestCluster } from "../../scripts/kubernetes/cluster.ts";

export const image = `registry.example.com/shop@sha256:${"a".repeat(64)}`;
export const otherImage = `registry.example.com/shop@sha256:${"b".repeat(64)}`;

let count = 0;

/** A namespace of its own with an executor of its own: the operator looks for apps of an executor by name alone. */
export async function newNamespace(cluster: TestCluster): Promise<{ namespace: string; executor: string }> {
  const namespace = `test-${++count}`;
  const executor = `executor-${count}`;
  await cluster.apply(
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    executorOf(namespace, executor),
  );
  return { namespace, executor };
}

export function executorOf(
  namespace: string,
  name: string,
  runtimeClassName = "wasmtime-spin-v2",
): KubernetesObject {
  return {
    apiVersion: "core.spinkube.dev/v1alpha1",
    kind: "SpinAppExecutor",
    metadata: { name, namespace },
    spec: { createDeployment: true, deploymentConfig: { runtimeClassName } },
  };
}

export const soon = (): AbortSignal => AbortSignal.timeout(60_000);
