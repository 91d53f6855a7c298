import type { KubernetesSpec } from "./types.ts";

/** The label by which the operator finds an app's pods, and a policy too. */
export const appNameLabel = "core.spinkube.dev/app-name";

/** On pods: changes exactly when they must be others. */
export const revisionAnnotation = "pulumi-spin/revision";

export const managedByLabel = "app.kubernetes.io/managed-by";
export const manager = "pulumi-spin";

/** The head of an object that belongs to a deployment. */
export function metadataOf(
  { name: app, namespace, labels }: Pick<KubernetesSpec, "name" | "namespace" | "labels">,
  name = app,
): { name: string; namespace: string; labels: Record<string, string> } {
  return {
    name,
    namespace,
    labels: { ...labels, "app.kubernetes.io/name": app, [managedByLabel]: manager },
  };
}

/** Without members that are `undefined`, which neither YAML nor the API server should see. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const members = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members) as { [K in keyof T]: Exclude<T[K], undefined> };
}
