import { isSpinError } from "../../model/errors/index.ts";
import type { KubernetesObject } from "../../model/kubernetes/index.ts";
import type { KindName } from "./api/kinds.ts";
import { keyOf } from "./plan.ts";
import type { Target } from "./target.ts";

export interface ApplySettings {
  /** By key of an object: whether fields of others are taken over. */
  mayForce: (key: string) => boolean;
  /** Told after each object that is there. */
  onApplied: (key: string) => void;
  /** Told before a failure that leaves open whether the object is there: no answer, or one of a fault. */
  onUncertain: (key: string) => void;
}

/** Brings all objects about, one after the other. */
export async function applyAll(
  objects: readonly KubernetesObject[],
  { client, fieldManager }: Target,
  { mayForce, onApplied, onUncertain }: ApplySettings,
  signal: AbortSignal,
): Promise<void> {
  for (const object of objects) {
    const key = keyOf(object);
    try {
      await client.apply(object, { fieldManager, force: mayForce(key) }, signal);
    } catch (error) {
      if (!isSpinError(error) || error.fault !== "user") onUncertain(key);
      throw error;
    }
    onApplied(key);
  }
}

/** Makes the namespace when it is not there; it stays when the deployment goes. */
export async function ensureNamespace(
  { client, namespace, fieldManager }: Target,
  signal: AbortSignal,
): Promise<void> {
  if ((await client.get({ kind: "Namespace", name: namespace }, signal)) !== undefined) return;
  await client.apply(
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    { fieldManager },
    signal,
  );
}

/** Takes away what a former revision had and this one has not. */
export async function deleteObjects(
  keys: readonly string[],
  { client, namespace }: Target,
  signal: AbortSignal,
): Promise<void> {
  for (const key of keys) await client.delete({ ...referenceOf(key), namespace }, {}, signal);
}

export function referenceOf(key: string): { kind: KindName; name: string } {
  const [kind = "", ...name] = key.split("/");
  return { kind: kind as KindName, name: name.join("/") };
}

/**
 * When an autoscaler takes over, the operator lets go of the number of replicas, and a field that nobody manages falls back
 * to 1. So it is managed here at the same number, until the autoscaler sets another.
 */
export async function keepReplicas(
  name: string,
  { client, namespace, fieldManager }: Target,
  signal: AbortSignal,
): Promise<void> {
  const reference = { kind: "Deployment", namespace, name } as const;
  const deployment = await client.get(reference, signal);
  const replicas = (deployment?.["spec"] as { replicas?: number } | undefined)?.replicas;
  if (replicas === undefined) return;
  const kept = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: { replicas },
  };
  await client.apply(kept, { fieldManager: `${fieldManager}-replicas`, force: true }, signal);
}
