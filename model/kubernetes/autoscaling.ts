import { metadataOf } from "./labels.ts";
import type { KubernetesObject, KubernetesSpec } from "./types.ts";

const usualUtilization = 60;

/** What scales the Deployment that the operator makes: it is called as the app. */
export function autoscaler(spec: KubernetesSpec): KubernetesObject[] {
  const { autoscaling } = spec;
  if (autoscaling === undefined) return [];
  const { minReplicas = 2, maxReplicas, targetCpuUtilization, targetMemoryUtilization } = autoscaling;
  const neither = targetCpuUtilization === undefined && targetMemoryUtilization === undefined;
  const targets = [
    { name: "cpu", utilization: neither ? usualUtilization : targetCpuUtilization },
    { name: "memory", utilization: neither ? usualUtilization : targetMemoryUtilization },
  ].filter((it): it is { name: string; utilization: number } => it.utilization !== undefined);
  if (autoscaling.autoscaler === "keda") {
    return [
      {
        apiVersion: "keda.sh/v1alpha1",
        kind: "ScaledObject",
        metadata: metadataOf(spec),
        spec: {
          scaleTargetRef: { name: spec.name },
          minReplicaCount: minReplicas,
          maxReplicaCount: maxReplicas,
          triggers: targets.map(({ name, utilization }) => ({
            type: name,
            metricType: "Utilization",
            metadata: { value: String(utilization) },
          })),
        },
      },
    ];
  }
  return [
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: metadataOf(spec),
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: spec.name },
        minReplicas,
        maxReplicas,
        metrics: targets.map(({ name, utilization }) => ({
          type: "Resource",
          resource: { name, target: { type: "Utilization", averageUtilization: utilization } },
        })),
      },
    },
  ];
}
