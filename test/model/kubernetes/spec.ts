import type { DeployedApp, KubernetesObject, KubernetesSpec } from "../../../model/kubernetes/index.ts";
import { synthesizeKubernetes } from "../../../model/kubernetes/index.ts";

export const image = `registry.example.com/shop@sha256:${"a".repeat(64)}`;

export function specOf(given: Partial<KubernetesSpec> = {}): KubernetesSpec {
  return { name: "shop", namespace: "prod", image, executor: "containerd-shim-spin", ...given };
}

export const app: DeployedApp = {
  variables: [
    { name: "greeting", secret: false, required: false },
    { name: "token", secret: true, required: true },
  ],
  allowedOutboundHosts: { api: ["https://api.example.com"], web: [] },
};

export function objectOf(kind: string, spec: KubernetesSpec, known?: DeployedApp): KubernetesObject {
  const { objects } = synthesizeKubernetes(spec, known);
  const found = objects.find((it) => it.kind === kind);
  if (found === undefined)
    throw new Error(`There is no ${kind} among ${objects.map((it) => it.kind).join(", ")}.`);
  return found;
}
