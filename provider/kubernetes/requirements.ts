/** What must be in the namespace before: without it the operator of SpinKube says nothing, or too little, and does nothing. */
import { nearest } from "../../model/did-you-mean.ts";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import type { KubernetesSpec } from "../../model/kubernetes/index.ts";
import type { LiveObject } from "./api/client.ts";
import type { Target } from "./target.ts";

export interface Executor {
  /** False: something else than the operator makes Deployments, and nobody can be asked how they are. */
  createsDeployment: boolean;
}

/** ERR_SPIN_CLUSTER_EXECUTOR names those that there are. */
export async function requireExecutor(
  { executor: name }: KubernetesSpec,
  { client, namespace }: Target,
  signal: AbortSignal,
): Promise<Executor> {
  const found = await client.get({ kind: "SpinAppExecutor", namespace, name }, signal);
  if (found !== undefined) {
    const { createDeployment } = found["spec"] as { createDeployment: boolean };
    return { createsDeployment: createDeployment };
  }
  const others = (await client.list({ kind: "SpinAppExecutor", namespace }, {}, signal)).map(
    ({ metadata }) => metadata.name,
  );
  const guess = nearest(name, others);
  const known = others.length === 0 ? "It has none." : `It has ${others.join(", ")}.`;
  throw new SpinError(
    "ERR_SPIN_CLUSTER_EXECUTOR",
    `The namespace "${namespace}" has no SpinAppExecutor "${name}". ${known}`,
    { path: "executor", ...(guess !== undefined && { hint: `Did you mean "${guess}"?` }) },
  );
}

interface Needed {
  kind: "Secret" | "ConfigMap";
  name: string;
  key: string;
  path: string;
}

/** ERR_SPIN_CLUSTER_REFERENCE for the first Secret or ConfigMap that is not there, or not with its key. */
export async function requireReferences(
  spec: KubernetesSpec,
  target: Target,
  signal: AbortSignal,
): Promise<void> {
  for (const { kind, name, key, path } of neededBy(spec)) {
    const found = await readIfAllowed({ kind, name }, target, signal);
    if (found === "not allowed") continue;
    const where = `namespace "${target.namespace}"`;
    if (found === undefined)
      throw new SpinError("ERR_SPIN_CLUSTER_REFERENCE", `The ${where} has no ${kind} "${name}".`, { path });
    if (key in Object(found["data"])) continue;
    const keys = Object.keys(Object(found["data"]) as object).join(", ") || "none";
    const message = `The ${kind} "${name}" in the ${where} has no key "${key}"; its keys: ${keys}.`;
    throw new SpinError("ERR_SPIN_CLUSTER_REFERENCE", message, { path });
  }
}

function neededBy({ variables = {}, runtimeConfig }: KubernetesSpec): Needed[] {
  const named = Object.entries(variables).flatMap(([name, value]): Needed[] => {
    if (typeof value === "string") return [];
    const path = `variables.${name}`;
    return "secretKeyRef" in value
      ? [{ kind: "Secret", ...value.secretKeyRef, path }]
      : [{ kind: "ConfigMap", ...value.configMapKeyRef, path }];
  });
  if (typeof runtimeConfig !== "object") return named;
  const { secretName: name } = runtimeConfig;
  return [...named, { kind: "Secret", name, key: "runtime-config.toml", path: "runtimeConfig.secretName" }];
}

/** Who may deploy need not be allowed to read others' Secrets. */
async function readIfAllowed(
  { kind, name }: Pick<Needed, "kind" | "name">,
  { client, namespace }: Target,
  signal: AbortSignal,
): Promise<LiveObject | undefined | "not allowed"> {
  try {
    return await client.get({ kind, namespace, name }, signal);
  } catch (error) {
    if (isSpinError(error) && error.code === "ERR_SPIN_CLUSTER_FORBIDDEN") return "not allowed";
    throw error;
  }
}
