/** What a deployment to SpinKube says, in SpinApp's own words where SpinApp has one, and the objects that it becomes. */

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [part: string]: unknown;
}

export interface KeyReference {
  /** Of the Secret or ConfigMap, in the deployment's namespace. */
  name: string;
  key: string;
}

export type VariableValue = string | { secretKeyRef: KeyReference } | { configMapKeyRef: KeyReference };

export interface Probe {
  httpGet: { path: string; httpHeaders?: { name: string; value: string }[] | undefined };
  initialDelaySeconds?: number | undefined;
  timeoutSeconds?: number | undefined;
  periodSeconds?: number | undefined;
  successThreshold?: number | undefined;
  failureThreshold?: number | undefined;
}

export interface Autoscaling {
  /** A HorizontalPodAutoscaler, or a ScaledObject of KEDA. Default: hpa. */
  autoscaler?: "hpa" | "keda" | undefined;
  minReplicas?: number | undefined;
  maxReplicas: number;
  /** Per cent of the pods' requests. Default: 60 of each, when neither is given. */
  targetCpuUtilization?: number | undefined;
  targetMemoryUtilization?: number | undefined;
}

export interface Exposure {
  /** An Ingress, or an HTTPRoute of the Gateway API. Default: Ingress. */
  kind?: "Ingress" | "HTTPRoute" | undefined;
  host: string;
  /** A prefix. Default: /. */
  path?: string | undefined;
  /** Of an Ingress. */
  ingressClassName?: string | undefined;
  /** Of an Ingress: the Secret with the certificate; with it the URL has https. */
  tlsSecret?: string | undefined;
  /** Of an HTTPRoute: the gateway that it belongs to. */
  gateway?: { name: string; namespace?: string | undefined; sectionName?: string | undefined } | undefined;
  annotations?: Record<string, string> | undefined;
}

export interface RegistryCredentials {
  registry: string;
  username: string;
  password: string;
}

/** Quantities as Kubernetes writes them: `500m`, `128Mi`. */
export type Quantities = Record<string, string>;

export interface KubernetesSpec {
  name: string;
  namespace: string;
  /** `registry/repository@sha256:<hex>`. */
  image: string;
  executor: string;
  /** Not with `autoscaling`. Default: 2. */
  replicas?: number | undefined;
  autoscaling?: Autoscaling | undefined;
  checks?: { readiness?: Probe | undefined; liveness?: Probe | undefined } | undefined;
  resources?: { limits?: Quantities | undefined; requests?: Quantities | undefined } | undefined;
  variables?: Record<string, VariableValue> | undefined;
  /** Text of a runtime-config.toml, or the Secret that has it under the key `runtime-config.toml`. */
  runtimeConfig?: string | { secretName: string } | undefined;
  /** As in a pod. */
  volumes?: Record<string, unknown>[] | undefined;
  volumeMounts?: Record<string, unknown>[] | undefined;
  serviceAccountName?: string | undefined;
  /** Names of Secrets. */
  imagePullSecrets?: string[] | undefined;
  /** Of them a Secret is made. */
  pullCredentials?: RegistryCredentials | undefined;
  /** Ids of the components that run. Default: all. */
  components?: string[] | undefined;
  invocationLimits?: { memory?: string | undefined } | undefined;
  labels?: Record<string, string> | undefined;
  podLabels?: Record<string, string> | undefined;
  podAnnotations?: Record<string, string> | undefined;
  deploymentAnnotations?: Record<string, string> | undefined;
  serviceAnnotations?: Record<string, string> | undefined;
  expose?: Exposure | undefined;
  /** Which hosts its pods may reach, besides those that the app's grants name. `false`: no policy. */
  networkPolicy?: boolean | { allow: string[] } | undefined;
}

/** What is known of the application: what it declares decides which values are secret and where its pods may go. */
export interface DeployedApp {
  variables: readonly { name: string; secret: boolean; required: boolean }[];
  /** Entries of `allowed_outbound_hosts` by component id. */
  allowedOutboundHosts: Readonly<Record<string, readonly string[]>>;
}
