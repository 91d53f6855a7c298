import { createHash } from "node:crypto";
import { byCodeUnit, canonicalJson } from "../json.ts";
import { defined, metadataOf, revisionAnnotation } from "./labels.ts";
import { type DeploymentSecrets, isSecretVariable } from "./secrets.ts";
import type { DeployedApp, KubernetesObject, KubernetesSpec, VariableValue } from "./types.ts";

export const spinAppVersion = "core.spinkube.dev/v1alpha1";

/** As `spin kube scaffold` has it: one pod can go while the other serves. */
export const defaultReplicas = 2;

/** The SpinApp, and the revision that its pods carry. */
export function spinApp(
  spec: KubernetesSpec,
  secrets: DeploymentSecrets,
  app?: DeployedApp,
): { object: KubernetesObject; revision: string } {
  const pods = defined({
    image: spec.image,
    executor: spec.executor,
    checks: checksOf(spec),
    resources: spec.resources && defined(spec.resources),
    variables: variablesOf(spec, secrets, app),
    runtimeConfig: runtimeConfigOf(spec, secrets),
    volumes: spec.volumes,
    volumeMounts: spec.volumeMounts,
    serviceAccountName: spec.serviceAccountName,
    imagePullSecrets: pullSecretsOf(spec, secrets),
    components: spec.components,
    invocationLimits: spec.invocationLimits && defined(spec.invocationLimits),
    podLabels: spec.podLabels,
  });
  const content = canonicalJson({ ...pods, podAnnotations: spec.podAnnotations });
  const revision = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const object: KubernetesObject = {
    apiVersion: spinAppVersion,
    kind: "SpinApp",
    metadata: metadataOf(spec),
    spec: defined({
      ...pods,
      ...(spec.autoscaling === undefined
        ? { replicas: spec.replicas ?? defaultReplicas }
        : { enableAutoscaling: true }),
      podAnnotations: { ...spec.podAnnotations, [revisionAnnotation]: revision },
      deploymentAnnotations: spec.deploymentAnnotations,
      serviceAnnotations: spec.serviceAnnotations,
    }),
  };
  return { object, revision };
}

function checksOf({ checks }: KubernetesSpec): object | undefined {
  if (checks === undefined) return undefined;
  const probe = (it: typeof checks.readiness): object | undefined =>
    it && defined({ ...it, httpGet: defined(it.httpGet) });
  return defined({ readiness: probe(checks.readiness), liveness: probe(checks.liveness) });
}

/** A list that one manager owns as a whole: in one order, whatever the order in the program. */
function variablesOf(
  { variables = {} }: KubernetesSpec,
  secrets: DeploymentSecrets,
  app?: DeployedApp,
): object[] | undefined {
  const names = Object.keys(variables).toSorted(byCodeUnit);
  if (names.length === 0) return undefined;
  return names.map((name) => ({ name, ...valueOf(name, variables[name] ?? "", secrets, app) }));
}

function valueOf(name: string, value: VariableValue, secrets: DeploymentSecrets, app?: DeployedApp): object {
  if (typeof value !== "string") return { valueFrom: value };
  if (isSecretVariable(name, app))
    return { valueFrom: { secretKeyRef: { name: secrets.variables, key: name } } };
  // Kubernetes expands $(NAME) in values of environment variables; $$( stands for $(.
  return { value: value.replaceAll("$(", "$$$(") };
}

function runtimeConfigOf({ runtimeConfig }: KubernetesSpec, secrets: DeploymentSecrets): object | undefined {
  if (runtimeConfig === undefined) return undefined;
  return {
    loadFromSecret: typeof runtimeConfig === "string" ? secrets.runtimeConfig : runtimeConfig.secretName,
  };
}

function pullSecretsOf(
  { imagePullSecrets = [] }: KubernetesSpec,
  { pull }: DeploymentSecrets,
): object[] | undefined {
  const names = [...imagePullSecrets, ...(pull === undefined ? [] : [pull])];
  return names.length === 0 ? undefined : names.map((name) => ({ name }));
}
