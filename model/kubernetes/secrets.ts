/**
 * Secrets of a deployment. Their names end with a hash of what they hold, and they never change: other values are another
 * Secret, so pods are rolled, and those of the former revision keep what they were started with until they are gone.
 */
import { createHash } from "node:crypto";
import { canonicalJson } from "../json.ts";
import { metadataOf } from "./labels.ts";
import type { DeployedApp, KubernetesObject, KubernetesSpec, VariableValue } from "./types.ts";

export interface DeploymentSecrets {
  objects: KubernetesObject[];
  /** Name of the Secret with values of variables, when there is one. */
  variables?: string;
  runtimeConfig?: string;
  pull?: string;
}

export function deploymentSecrets(spec: KubernetesSpec, app?: DeployedApp): DeploymentSecrets {
  const values = secretValues(spec, app);
  const variables = Object.keys(values).length === 0 ? undefined : secretOf(spec, "variables", values);
  const runtimeConfig =
    typeof spec.runtimeConfig === "string"
      ? secretOf(spec, "runtime-config", { "runtime-config.toml": spec.runtimeConfig })
      : undefined;
  const pull = spec.pullCredentials && pullSecret(spec, spec.pullCredentials);
  return {
    objects: [variables, runtimeConfig, pull].filter((it) => it !== undefined),
    ...(variables && { variables: variables.metadata.name }),
    ...(runtimeConfig && { runtimeConfig: runtimeConfig.metadata.name }),
    ...(pull && { pull: pull.metadata.name }),
  };
}

/** Values that only a Secret may hold: those of variables that are declared secret, or that nobody says anything about. */
export function isSecretVariable(name: string, app?: DeployedApp): boolean {
  return app?.variables.find((variable) => variable.name === name)?.secret ?? true;
}

function secretValues({ variables = {} }: KubernetesSpec, app?: DeployedApp): Record<string, string> {
  const texts = Object.entries(variables).filter(
    (entry): entry is [string, string & VariableValue] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts.filter(([name]) => isSecretVariable(name, app)));
}

function pullSecret(
  spec: KubernetesSpec,
  { registry, username, password }: NonNullable<KubernetesSpec["pullCredentials"]>,
): KubernetesObject {
  const auth = Buffer.from(`${username}:${password}`).toString("base64");
  const config = canonicalJson({ auths: { [registry]: { username, password, auth } } });
  return secretOf(spec, "pull", { ".dockerconfigjson": config }, "kubernetes.io/dockerconfigjson");
}

function secretOf(
  spec: KubernetesSpec,
  part: string,
  values: Record<string, string>,
  type = "Opaque",
): KubernetesObject {
  const hash = createHash("sha256")
    .update(canonicalJson([part, values]))
    .digest("hex")
    .slice(0, 10);
  const data = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString("base64")]);
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: metadataOf(spec, `${spec.name}-${part}-${hash}`),
    type,
    immutable: true,
    data: Object.fromEntries(data),
  };
}
