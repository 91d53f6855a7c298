/** What a deployment may take for its own. */
import { SpinError } from "../../model/errors/index.ts";
import { manager, managedByLabel, revisionAnnotation } from "../../model/kubernetes/index.ts";
import type { Properties } from "../definition/resource.ts";
import type { Plan } from "./plan.ts";
import type { Target } from "./target.ts";

/** A SpinApp that is there already is somebody else's, unless it is what a run before this one made and could not record. */
export async function refuseForeign(
  { spec, revision }: Plan,
  { client, namespace }: Target,
  { adopt }: Properties,
  signal: AbortSignal,
): Promise<void> {
  if (adopt === true) return;
  const { name } = spec;
  const found = await client.get({ kind: "SpinApp", namespace, name }, signal);
  if (found === undefined) return;
  const { podAnnotations, image } = found["spec"] as {
    podAnnotations?: Record<string, string>;
    image: string;
  };
  const isOurs = found.metadata.labels?.[managedByLabel] === manager;
  if (isOurs && podAnnotations?.[revisionAnnotation] === revision) return;
  const message = `${client.shown} has a SpinApp "${name}" in "${namespace}" already, with the image ${image}.`;
  throw new SpinError("ERR_SPIN_DEPLOYMENT_EXISTS", message, { path: "name" });
}

/** A refresh has shown that others changed the object, so an update brings it back. */
export function isKnownDrift(key: string, old: Properties | undefined): boolean {
  const known: unknown = old?.["objects"]?.[key];
  return typeof known === "string" && !/^[0-9a-f]{16}$/.test(known);
}

/** Whether fields are taken from others. */
export function mayForce(key: string, { force, adopt }: Properties, old?: Properties): boolean {
  return force === true || isKnownDrift(key, old) || (old === undefined && adopt === true);
}
