import type { Issue } from "../errors/index.ts";
import { autoscaler } from "./autoscaling.ts";
import { exposure, urlOf } from "./exposure.ts";
import { networkPolicy } from "./network-policy.ts";
import { deploymentSecrets } from "./secrets.ts";
import { spinApp } from "./spin-app.ts";
import type { DeployedApp, KubernetesObject, KubernetesSpec } from "./types.ts";

export interface KubernetesObjects {
  /**
   * In the order in which they are applied: what pods need before the SpinApp, the autoscaler before it too, so that it
   * takes the number of replicas over, and what leads to them after it.
   */
  objects: KubernetesObject[];
  /** What the pods' annotation `pulumi-spin/revision` says: 16 hexadecimal digits. */
  revision: string;
  url: string;
  warnings: Issue[];
}

/** The objects of a deployment that `validateKubernetes` has no errors about. Same input, same objects. */
export function synthesizeKubernetes(spec: KubernetesSpec, app?: DeployedApp): KubernetesObjects {
  const secrets = deploymentSecrets(spec, app);
  const { object, revision } = spinApp(spec, secrets, app);
  const policy = networkPolicy(spec, app);
  return {
    objects: [...secrets.objects, ...policy.objects, ...autoscaler(spec), object, ...exposure(spec)],
    revision,
    url: urlOf(spec),
    warnings: policy.warnings,
  };
}
