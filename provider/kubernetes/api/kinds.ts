/** Where the API server has the kinds that deployments use; asking it each time would cost a request per group. */
import type { KubernetesObject } from "../../../model/kubernetes/index.ts";

interface Kind {
  apiVersion: string;
  plural: string;
  isClusterWide?: boolean;
}

const spinkube = "core.spinkube.dev/v1alpha1";

const kinds = {
  CustomResourceDefinition: {
    apiVersion: "apiextensions.k8s.io/v1",
    plural: "customresourcedefinitions",
    isClusterWide: true,
  },
  Namespace: { apiVersion: "v1", plural: "namespaces", isClusterWide: true },
  Secret: { apiVersion: "v1", plural: "secrets" },
  ConfigMap: { apiVersion: "v1", plural: "configmaps" },
  Pod: { apiVersion: "v1", plural: "pods" },
  Event: { apiVersion: "v1", plural: "events" },
  Node: { apiVersion: "v1", plural: "nodes", isClusterWide: true },
  Deployment: { apiVersion: "apps/v1", plural: "deployments" },
  HorizontalPodAutoscaler: { apiVersion: "autoscaling/v2", plural: "horizontalpodautoscalers" },
  ScaledObject: { apiVersion: "keda.sh/v1alpha1", plural: "scaledobjects" },
  Ingress: { apiVersion: "networking.k8s.io/v1", plural: "ingresses" },
  NetworkPolicy: { apiVersion: "networking.k8s.io/v1", plural: "networkpolicies" },
  HTTPRoute: { apiVersion: "gateway.networking.k8s.io/v1", plural: "httproutes" },
  RuntimeClass: { apiVersion: "node.k8s.io/v1", plural: "runtimeclasses", isClusterWide: true },
  ValidatingWebhookConfiguration: {
    apiVersion: "admissionregistration.k8s.io/v1",
    plural: "validatingwebhookconfigurations",
    isClusterWide: true,
  },
  MutatingWebhookConfiguration: {
    apiVersion: "admissionregistration.k8s.io/v1",
    plural: "mutatingwebhookconfigurations",
    isClusterWide: true,
  },
  ResourceQuota: { apiVersion: "v1", plural: "resourcequotas" },
  SpinApp: { apiVersion: spinkube, plural: "spinapps" },
  SpinAppExecutor: { apiVersion: spinkube, plural: "spinappexecutors" },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

export interface ObjectReference {
  kind: KindName;
  namespace?: string | undefined;
  /** Without a name: all of the namespace, or of the cluster. */
  name?: string | undefined;
}

/** `/apis/apps/v1/namespaces/shop/deployments/web` */
export function pathOf({ kind, namespace, name }: ObjectReference): string {
  const { apiVersion, plural, isClusterWide = false }: Kind = kinds[kind];
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope =
    isClusterWide || namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${plural}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}

export function referenceTo({ kind, metadata }: KubernetesObject): ObjectReference {
  return { kind: kind as KindName, namespace: metadata.namespace, name: metadata.name };
}

/** `spinapps.core.spinkube.dev`, as rules of RBAC and names of definitions have it. */
export function resourceOf(kind: KindName): { group: string; plural: string } {
  const { apiVersion, plural }: Kind = kinds[kind];
  return { group: apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "", plural };
}

/** `SpinApp shop/web` */
export function shownReference({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${[namespace, name ?? "*"].filter(Boolean).join("/")}`;
}
