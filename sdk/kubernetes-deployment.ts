import type * as pulumi from "@pulumi/pulumi";
import type { ArtifactDefinition } from "../model/definition.ts";
import { definitionOf } from "./definitions.ts";
import { SpinResource } from "./resource.ts";

type Texts = pulumi.Input<Record<string, pulumi.Input<string>>>;

interface KeyReferenceArgs {
  name: pulumi.Input<string>;
  key: pulumi.Input<string>;
}

export interface KubernetesProbeArgs {
  /** The request, to port 80. */
  httpGet: pulumi.Input<{
    path: pulumi.Input<string>;
    httpHeaders?: pulumi.Input<{ name: pulumi.Input<string>; value: pulumi.Input<string> }[]>;
  }>;
  /** Default: 10. */
  initialDelaySeconds?: pulumi.Input<number>;
  /** Default: 1. */
  timeoutSeconds?: pulumi.Input<number>;
  /** Default: 10. */
  periodSeconds?: pulumi.Input<number>;
  /** Default: 1. */
  successThreshold?: pulumi.Input<number>;
  /** Default: 3. */
  failureThreshold?: pulumi.Input<number>;
}

export interface KubernetesDeploymentArgs {
  /** What runs, by digest: an Artifact, or its definition. */
  artifact?: { definition: pulumi.Output<ArtifactDefinition> } | pulumi.Input<ArtifactDefinition>;
  /** Instead of `artifact`: a reference with its digest, `registry/repository@sha256:<hex>`. It needs a `name`. */
  image?: pulumi.Input<string>;
  /** Of the SpinApp, at most 52 characters. Default: the app's. */
  name?: pulumi.Input<string>;
  /** Default: the provider's, else the context's, else default. */
  namespace?: pulumi.Input<string>;
  /** The SpinAppExecutor in the namespace that runs the app. Default: containerd-shim-spin. */
  executor?: pulumi.Input<string>;
  /** How many pods. Not with `autoscaling`. Default: 2. */
  replicas?: pulumi.Input<number>;
  /** Makes a HorizontalPodAutoscaler, or a ScaledObject of KEDA. */
  autoscaling?: pulumi.Input<{
    /** Default: hpa. */
    autoscaler?: pulumi.Input<"hpa" | "keda">;
    /** Default: 2. */
    minReplicas?: pulumi.Input<number>;
    maxReplicas: pulumi.Input<number>;
    /** Per cent. Default: 60 of CPU and memory, when neither is given. */
    targetCpuUtilization?: pulumi.Input<number>;
    /** Per cent. */
    targetMemoryUtilization?: pulumi.Input<number>;
  }>;
  /** Requests by which Kubernetes sees how pods are. Default: none. */
  checks?: pulumi.Input<{
    /** Whether a pod gets requests. */
    readiness?: pulumi.Input<KubernetesProbeArgs>;
    /** Whether a pod is started anew. */
    liveness?: pulumi.Input<KubernetesProbeArgs>;
  }>;
  /** Of each pod, as Kubernetes writes quantities: `{ limits: { cpu: "500m", memory: "128Mi" } }`. */
  resources?: pulumi.Input<{ limits?: Texts; requests?: Texts }>;
  /** Values of the application's variables, secrets welcome, or where they are in the namespace. */
  variables?: pulumi.Input<
    Record<
      string,
      pulumi.Input<
        | string
        | { secretKeyRef: pulumi.Input<KeyReferenceArgs> }
        | { configMapKeyRef: pulumi.Input<KeyReferenceArgs> }
      >
    >
  >;
  /** Text of a runtime-config.toml, which is put in a Secret, or the Secret that has it under that key. */
  runtimeConfig?: pulumi.Input<string | { secretName: pulumi.Input<string> }>;
  /** As in a pod. */
  volumes?: pulumi.Input<Record<string, unknown>[]>;
  /** As in a container. */
  volumeMounts?: pulumi.Input<Record<string, unknown>[]>;
  /** Default: default. */
  serviceAccountName?: pulumi.Input<string>;
  /** Names of Secrets in the namespace. */
  imagePullSecrets?: pulumi.Input<pulumi.Input<string>[]>;
  /** Make a pull secret of the registry's credentials in `spin:registries`. Default: false. */
  createPullSecret?: pulumi.Input<boolean>;
  /** Ids of the components that run. Default: all. */
  components?: pulumi.Input<pulumi.Input<string>[]>;
  /** Of each instance: `{ memory: "64Mi" }`. */
  invocationLimits?: pulumi.Input<{ memory?: pulumi.Input<string> }>;
  /** On all objects. */
  labels?: Texts;
  podLabels?: Texts;
  podAnnotations?: Texts;
  deploymentAnnotations?: Texts;
  serviceAnnotations?: Texts;
  /** Makes an Ingress or an HTTPRoute to the app's Service. */
  expose?: pulumi.Input<{
    /** Default: Ingress. */
    kind?: pulumi.Input<"Ingress" | "HTTPRoute">;
    host: pulumi.Input<string>;
    /** Default: /. */
    path?: pulumi.Input<string>;
    ingressClassName?: pulumi.Input<string>;
    /** The Secret with the certificate; the URL has https then. */
    tlsSecret?: pulumi.Input<string>;
    /** Of an HTTPRoute. */
    gateway?: pulumi.Input<{
      name: pulumi.Input<string>;
      namespace?: pulumi.Input<string>;
      sectionName?: pulumi.Input<string>;
    }>;
    annotations?: Texts;
  }>;
  /**
   * A NetworkPolicy by which pods reach no more than the app's grants and its runtime configuration name, and hosts in
   * `allow`. Default: true with an artifact, else false.
   */
  networkPolicy?: pulumi.Input<boolean | { allow: pulumi.Input<pulumi.Input<string>[]> }>;
  /** Which cluster. Default: the provider's (`spin:cluster`), else as kubectl finds it. */
  cluster?: pulumi.Input<{
    /** Path of a kubeconfig, or its text. */
    kubeconfig?: pulumi.Input<string>;
    context?: pulumi.Input<string>;
    /** Default: pulumi-spin. */
    fieldManager?: pulumi.Input<string>;
  }>;
  /** Make the namespace when it is not there; it stays when the deployment goes. Default: false. */
  createNamespace?: pulumi.Input<boolean>;
  /** Wait until the pods serve. Default: true. */
  waitForReady?: pulumi.Input<boolean>;
  /** Bring the former revision back when the pods of a new one do not come up. Default: false. */
  rollbackOnFailure?: pulumi.Input<boolean>;
  /** Take over fields that others manage. Default: false; a conflict names them. */
  force?: pulumi.Input<boolean>;
  /** Take over a SpinApp of that name that is there already. Default: that is an error. */
  adopt?: pulumi.Input<boolean>;
}

/**
 * Runs an artifact on Kubernetes with SpinKube, and keeps it as declared.
 *
 * @example new KubernetesDeployment("prod", { artifact: pushed, namespace: "shop", replicas: 3 });
 */
export class KubernetesDeployment extends SpinResource {
  static readonly __pulumiType = "pulumi-nodejs:dynamic/spin:KubernetesDeployment";
  /** Where the app answers: outside with `expose`, else inside the cluster. */
  declare readonly url: pulumi.Output<string>;
  declare readonly namespace: pulumi.Output<string>;
  /** `registry/repository@sha256:<hex>` of what runs. */
  declare readonly reference: pulumi.Output<string>;
  /** A hash of all that makes the pods what they are, which they carry. */
  declare readonly revision: pulumi.Output<string>;
  /** URL of the cluster's API server. */
  declare readonly server: pulumi.Output<string>;
  /** `Kind/name` of what was made, with a hash, or what was changed there by whom. */
  declare readonly objects: pulumi.Output<Record<string, string>>;
  declare readonly status: pulumi.Output<"available" | "progressing" | "failing">;

  constructor(name: string, args: KubernetesDeploymentArgs, opts?: pulumi.CustomResourceOptions) {
    const { artifact } = args;
    super(
      "KubernetesDeployment",
      name,
      { ...args, ...(artifact !== undefined && { artifact: definitionOf(artifact) }) },
      ["url", "namespace", "reference", "revision", "server", "objects", "status"],
      opts,
    );
  }
}
