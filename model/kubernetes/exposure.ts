import { defined, metadataOf } from "./labels.ts";
import type { Exposure, KubernetesObject, KubernetesSpec } from "./types.ts";

/** The operator makes a Service of the app's name, port 80, which these lead to. */
const port = 80;

export function exposure(spec: KubernetesSpec): KubernetesObject[] {
  const { expose } = spec;
  if (expose === undefined) return [];
  const metadata = { ...metadataOf(spec), ...(expose.annotations && { annotations: expose.annotations }) };
  return [expose.kind === "HTTPRoute" ? route(spec, expose, metadata) : ingress(spec, expose, metadata)];
}

/** Where the app answers: outside when it is exposed, else inside the cluster. */
export function urlOf({
  name,
  namespace,
  expose,
}: Pick<KubernetesSpec, "name" | "namespace" | "expose">): string {
  if (expose === undefined) return `http://${name}.${namespace}.svc.cluster.local/`;
  const { host, path = "/", tlsSecret } = expose;
  return `${tlsSecret === undefined ? "http" : "https"}://${host}${path}`;
}

function ingress(
  { name }: KubernetesSpec,
  { host, path = "/", ingressClassName, tlsSecret }: Exposure,
  metadata: KubernetesObject["metadata"],
): KubernetesObject {
  const backend = { service: { name, port: { number: port } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata,
    spec: defined({
      ingressClassName,
      rules: [{ host, http: { paths: [{ path, pathType: "Prefix", backend }] } }],
      tls: tlsSecret === undefined ? undefined : [{ hosts: [host], secretName: tlsSecret }],
    }),
  };
}

function route(
  { name }: KubernetesSpec,
  { host, path = "/", gateway }: Exposure,
  metadata: KubernetesObject["metadata"],
): KubernetesObject {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata,
    spec: defined({
      parentRefs: gateway && [defined(gateway)],
      hostnames: [host],
      rules: [{ matches: [{ path: { type: "PathPrefix", value: path } }], backendRefs: [{ name, port }] }],
    }),
  };
}
