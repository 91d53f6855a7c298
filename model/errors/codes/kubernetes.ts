import type { ErrorEntry } from "../table.ts";

export const kubernetesErrors = {
  ERR_SPIN_KUBERNETES_NAME: {
    fault: "user",
    summary: "A name is none that Kubernetes or the operator of SpinKube takes.",
    hint: "Give another name: lower-case letters, digits and dashes.",
  },
  ERR_SPIN_KUBERNETES_IMAGE: {
    fault: "user",
    summary: "A deployment to Kubernetes names no artifact, two of them, or one without its digest.",
    hint: "Pass an Artifact as `artifact`, or the reference with its digest as `image`: registry/repository@sha256:….",
  },
  ERR_SPIN_KUBERNETES_SPEC: {
    fault: "user",
    summary: "A deployment to Kubernetes says what the operator of SpinKube or Kubernetes would refuse.",
    hint: "Correct the input.",
  },
  ERR_SPIN_KUBERNETES_POLICY: {
    fault: "user",
    summary: "A NetworkPolicy is wider than the app's grants, since it knows addresses and no host names.",
    hint: "Grant a network instead of a name where that is too wide, or set `networkPolicy: false`.",
  },
  ERR_SPIN_CLUSTER_CONFIG: {
    fault: "user",
    summary: "The kubeconfig cannot be read, or has no such context, or its user cannot log in.",
    hint: "Set `spin:cluster` (kubeconfig, context), KUBECONFIG, or ~/.kube/config.",
  },
  ERR_SPIN_CLUSTER_UNREACHABLE: {
    fault: "remote",
    summary: "The API server of a cluster cannot be reached, or its answer broke off.",
    hint: "See that the cluster runs and that the context is the one you mean, then run again.",
  },
  ERR_SPIN_CLUSTER_UNAUTHORIZED: {
    fault: "user",
    summary: "The API server does not accept the credentials of the kubeconfig.",
    hint: "Log in again, or correct the user of the context.",
  },
  ERR_SPIN_CLUSTER_FORBIDDEN: {
    fault: "user",
    summary: "The user of the kubeconfig lacks a right in the cluster.",
    hint: "Add the right to a role of that user.",
  },
  ERR_SPIN_CLUSTER_NAMESPACE: {
    fault: "user",
    summary: "The namespace of a deployment is not there.",
    hint: "Make it, or set `createNamespace: true`.",
  },
  ERR_SPIN_CLUSTER_SPINKUBE: {
    fault: "user",
    summary: "SpinKube is not installed in the cluster.",
    hint: "Install its CRDs and operator (https://www.spinkube.dev/docs/install), or choose another context.",
  },
  ERR_SPIN_CLUSTER_KIND: {
    fault: "user",
    summary: "The cluster does not know a kind of object that the deployment needs.",
    hint: "Install what brings the kind, or leave out what needs it.",
  },
  ERR_SPIN_CLUSTER_CONFLICT: {
    fault: "user",
    summary: "Someone else manages a field that the deployment sets.",
    hint: "Stop managing it there, leave it out here, or set `force: true` to take it over.",
  },
  ERR_SPIN_CLUSTER_REFUSED: {
    fault: "user",
    summary: "The API server or a webhook refuses an object.",
    hint: "Correct the input that it names.",
  },
  ERR_SPIN_CLUSTER_QUOTA: {
    fault: "user",
    summary: "A quota of the namespace is used up.",
    hint: "Ask for less in `resources` or `replicas`, or raise the quota.",
  },
  ERR_SPIN_CLUSTER_FAULT: {
    fault: "remote",
    summary: "The API server answers with a fault of its own, also after several tries.",
    hint: "Run again; it goes on from where this ended.",
  },
  ERR_SPIN_CLUSTER_EXECUTOR: {
    fault: "user",
    summary: "The namespace has no SpinAppExecutor of the name, so that nobody would run the app.",
    hint: "Create it in the namespace, or name another as `executor`.",
  },
  ERR_SPIN_CLUSTER_REFERENCE: {
    fault: "user",
    summary: "A Secret or ConfigMap that a deployment refers to is not there, or lacks the key.",
    hint: "Create it in the namespace, or correct the reference.",
  },
  ERR_SPIN_ROLLOUT_FAILED: {
    fault: "remote",
    summary: "Pods of a new revision do not come up, or the operator of SpinKube does not act.",
    hint: "Remove the cause that is named, and run `pulumi up` again: it goes on from where this ended.",
  },
} as const satisfies Record<string, ErrorEntry>;
