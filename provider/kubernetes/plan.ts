/** What a deployment's inputs become. */
import { createHash } from "node:crypto";
import { parseReference } from "../../model/artifact/index.ts";
import type { ArtifactDefinition } from "../../model/definition.ts";
import { isSpinError } from "../../model/errors/index.ts";
import { canonicalJson } from "../../model/json.ts";
import {
  type DeployedApp,
  deployedDefinition,
  type KubernetesObject,
  type KubernetesObjects,
  type KubernetesSpec,
  synthesizeKubernetes,
} from "../../model/kubernetes/index.ts";
import { type Configuration, registrySettingsOf } from "../definition/configuration.ts";
import type { Properties } from "../definition/resource.ts";
import { specShape } from "./inputs.ts";

/** The deployment in the model's words; members that are not known yet are left out. */
export function specOf(inputs: Properties, namespace: string, configuration: Configuration): KubernetesSpec {
  const given = Object.fromEntries(Object.keys(specShape).map((key) => [key, inputs[key]]));
  const artifact = inputs["artifact"] as ArtifactDefinition | undefined;
  const image = artifact?.reference ?? given["image"];
  const spec = { ...given, name: inputs["name"] ?? artifact?.app.name, namespace, image };
  const pullCredentials = inputs["createPullSecret"] ? credentialsFor(image, configuration) : undefined;
  return (pullCredentials === undefined ? spec : { ...spec, pullCredentials }) as KubernetesSpec;
}

/** Of `spin:registries`: what a store of Docker's on this machine has is for this machine. */
function credentialsFor(image: unknown, configuration: Configuration): KubernetesSpec["pullCredentials"] {
  const registry = typeof image === "string" ? registryOf(image) : undefined;
  if (registry === undefined) return undefined;
  const { username, password } = registrySettingsOf(configuration, registry);
  return username === undefined || password === undefined ? undefined : { registry, username, password };
}

/** The rules speak about an image that is no reference. */
function registryOf(image: string): string | undefined {
  try {
    return parseReference(image).registry;
  } catch (error) {
    if (isSpinError(error)) return undefined;
    throw error;
  }
}

export function appOf({ artifact }: Properties): DeployedApp | undefined {
  const { app } = (artifact ?? {}) as Partial<ArtifactDefinition>;
  return app === undefined ? undefined : deployedDefinition(app);
}

export interface Plan extends KubernetesObjects {
  spec: KubernetesSpec;
}

export function planOf(inputs: Properties, namespace: string, configuration: Configuration): Plan {
  const spec = specOf(inputs, namespace, configuration);
  return { spec, ...synthesizeKubernetes(spec, appOf(inputs)) };
}

/** `SpinApp/shop` → a hash of the object: by it a change is seen, and nothing of a Secret is in the state. */
export function fingerprints(objects: readonly KubernetesObject[]): Record<string, string> {
  return Object.fromEntries(objects.map((object) => [keyOf(object), fingerprintOf(object)]));
}

export function keyOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}

export function fingerprintOf(object: KubernetesObject): string {
  return createHash("sha256").update(canonicalJson(object)).digest("hex").slice(0, 16);
}

/** What the resource says of itself, as far as it follows from the inputs. */
export function outputsOf({ spec, url, revision, objects }: Plan): Properties {
  const { name, namespace, image } = spec;
  return { name, namespace, reference: image, url, revision, objects: fingerprints(objects) };
}

/** How many pods there shall be; `undefined` where an autoscaler decides. */
export function replicasOf({ spec, objects }: Plan): number | undefined {
  if (spec.autoscaling !== undefined) return undefined;
  const app = objects.find(({ kind }) => kind === "SpinApp");
  return (app?.["spec"] as { replicas?: number } | undefined)?.replicas;
}
