/** Everything in a deployment that Kubernetes or the operator would refuse, or take and never act on. */
import { parseReference } from "../artifact/index.ts";
import { parseAllowedHost } from "../capability/allowed-hosts.ts";
import { type Issue, isSpinError, issue } from "../errors/index.ts";
import { parseRuntimeConfig, validateRuntimeConfig } from "../runtime-config/index.ts";
import { validateDeployment } from "../validate/deployment.ts";
import {
  annotationsIssues,
  appNameIssues,
  componentIssues,
  dataKeyIssues,
  labelsIssues,
  namespaceIssues,
  objectNameIssues,
} from "./names.ts";
import { resourceIssues } from "./resources.ts";
import type { DeployedApp, KubernetesSpec, VariableValue } from "./types.ts";

/** Of a deployment what is known so far: members that are `undefined` are not judged. */
export function validateKubernetes(spec: Partial<KubernetesSpec>, app?: DeployedApp): Issue[] {
  const { name, namespace, variables = {}, components } = spec;
  return [
    ...(name === undefined ? [] : appNameIssues(name)),
    ...(namespace === undefined ? [] : namespaceIssues(namespace)),
    ...imageIssues(spec),
    ...scaleIssues(spec),
    ...resourceIssues(spec),
    ...variableIssues(variables),
    ...(app === undefined ? [] : validateDeployment({ variables: [...app.variables] }, present(variables))),
    ...(app === undefined || components === undefined
      ? []
      : componentIssues(components, Object.keys(app.allowedOutboundHosts))),
    ...runtimeConfigIssues(spec),
    ...volumeIssues(spec),
    ...referenceIssues(spec),
    ...metadataIssues(spec),
    ...exposureIssues(spec),
    ...policyIssues(spec, app),
  ];
}

/** A value that is not known yet is one all the same. */
function present(variables: Record<string, VariableValue | undefined>): Record<string, string> {
  return Object.fromEntries(Object.keys(variables).map((name) => [name, ""]));
}

function imageIssues({ image }: Partial<KubernetesSpec>): Issue[] {
  if (image === undefined) return [];
  try {
    const { digest, tag } = parseReference(image);
    if (digest !== undefined) return [];
    const found = tag === undefined ? "has no digest" : `has the tag "${tag}" and no digest`;
    const message = `The image "${image}" ${found}: what a tag leads to may change between the preview and a pod's start.`;
    return [issue("ERR_SPIN_KUBERNETES_IMAGE", "image", message)];
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return [issue("ERR_SPIN_KUBERNETES_IMAGE", "image", error.message)];
  }
}

function scaleIssues({ replicas, autoscaling, resources }: Partial<KubernetesSpec>): Issue[] {
  if (autoscaling === undefined) return [];
  const { minReplicas = 2, maxReplicas } = autoscaling;
  const issues: Issue[] = [];
  if (replicas !== undefined)
    issues.push(
      wrong("replicas", "There are replicas and autoscaling; the autoscaler decides how many there are."),
    );
  if (maxReplicas !== undefined && maxReplicas < minReplicas)
    issues.push(
      wrong(
        "autoscaling.maxReplicas",
        `At most ${maxReplicas} replicas are fewer than the ${minReplicas} at least.`,
      ),
    );
  const missing = ["cpu", "memory"].filter((it) => {
    const { requests, limits } = resources ?? {};
    return requests?.[it] === undefined && limits?.[it] === undefined;
  });
  if (missing.length > 0)
    issues.push(
      wrong(
        "resources",
        `Autoscaling measures use by requests or limits, and there is none of ${missing.join(" and ")}.`,
      ),
    );
  return issues;
}

function variableIssues(variables: Record<string, VariableValue | undefined>): Issue[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (typeof value !== "object") return [];
    const [kind, reference] = Object.entries(value)[0] ?? [];
    if (reference?.name === undefined || reference.key === undefined) return [];
    const path = `variables.${name}.${kind}`;
    return [
      ...objectNameIssues(reference.name, `${path}.name`),
      ...dataKeyIssues(reference.key, `${path}.key`),
    ];
  });
}

/** Messages of the configuration's own rules name keys, never values that may be secret. */
function runtimeConfigIssues({ runtimeConfig }: Partial<KubernetesSpec>): Issue[] {
  if (typeof runtimeConfig === "object")
    return runtimeConfig.secretName === undefined
      ? []
      : objectNameIssues(runtimeConfig.secretName, "runtimeConfig.secretName");
  if (runtimeConfig === undefined) return [];
  const place = (path = ""): string => (path === "" ? "runtimeConfig" : `runtimeConfig: ${path}`);
  try {
    return validateRuntimeConfig(parseRuntimeConfig(runtimeConfig)).map((it) => ({
      ...it,
      path: place(it.path),
    }));
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return [issue(error.code, place(error.path), error.message, { hint: error.hint })];
  }
}

function volumeIssues({ volumes, volumeMounts = [] }: Partial<KubernetesSpec>): Issue[] {
  const names = (volumes ?? []).map((volume) => volume?.["name"]);
  return volumeMounts.flatMap((mount, index) => {
    const name = mount?.["name"];
    if (typeof name !== "string" || names.includes(name) || names.includes(undefined)) return [];
    return [wrong(`volumeMounts[${index}].name`, `There is no volume "${name}" to mount.`)];
  });
}

function referenceIssues({
  executor,
  serviceAccountName,
  imagePullSecrets = [],
}: Partial<KubernetesSpec>): Issue[] {
  const check = (name: string | undefined, path: string): Issue[] =>
    name === undefined ? [] : objectNameIssues(name, path);
  return [
    ...check(executor, "executor"),
    ...check(serviceAccountName, "serviceAccountName"),
    ...imagePullSecrets.flatMap((name, index) => check(name, `imagePullSecrets[${index}]`)),
  ];
}

function metadataIssues(spec: Partial<KubernetesSpec>): Issue[] {
  const { labels = {}, podLabels = {}, expose } = spec;
  return [
    ...labelsIssues(labels, "labels"),
    ...labelsIssues(podLabels, "podLabels"),
    ...annotationsIssues(spec.podAnnotations ?? {}, "podAnnotations"),
    ...annotationsIssues(spec.deploymentAnnotations ?? {}, "deploymentAnnotations"),
    ...annotationsIssues(spec.serviceAnnotations ?? {}, "serviceAnnotations"),
    ...annotationsIssues(expose?.annotations ?? {}, "expose.annotations"),
  ];
}

function exposureIssues({ expose }: Partial<KubernetesSpec>): Issue[] {
  if (expose === undefined) return [];
  const isRoute = expose.kind === "HTTPRoute";
  const foreign = (isRoute ? (["ingressClassName", "tlsSecret"] as const) : (["gateway"] as const)).filter(
    (key) => expose[key] !== undefined,
  );
  const kind = isRoute ? "An HTTPRoute" : "An Ingress";
  return [
    ...foreign.map((key) => wrong(`expose.${key}`, `${kind} has no ${key}.`)),
    ...(isRoute && !("gateway" in expose)
      ? [wrong("expose.gateway", "An HTTPRoute belongs to a gateway, and none is named.")]
      : []),
  ];
}

function policyIssues({ networkPolicy }: Partial<KubernetesSpec>, app?: DeployedApp): Issue[] {
  if (networkPolicy === true && app === undefined) {
    const hint = "Pass an Artifact as `artifact`, or name the hosts in networkPolicy.allow.";
    const message = "A policy follows from the app's grants, which an image does not tell.";
    return [issue("ERR_SPIN_KUBERNETES_SPEC", "networkPolicy", message, { hint })];
  }
  if (typeof networkPolicy !== "object") return [];
  return (networkPolicy.allow ?? []).flatMap((entry, index) => {
    if (typeof entry !== "string") return [];
    try {
      parseAllowedHost(entry);
      return [];
    } catch (error) {
      if (!isSpinError(error)) throw error;
      return [issue(error.code, `networkPolicy.allow[${index}]`, error.message, { hint: error.hint })];
    }
  });
}

function wrong(path: string, message: string): Issue {
  return issue("ERR_SPIN_KUBERNETES_SPEC", path, message);
}
