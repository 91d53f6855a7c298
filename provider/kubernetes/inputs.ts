/** What a `KubernetesDeployment` takes, and `pulumi-spin synth --target kubernetes` from a file. */
import { z } from "zod";
import { clusterSettings } from "../definition/configuration.ts";

const texts = (what: string): z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>> =>
  z.record(z.string(), z.string()).optional().describe(what);

const keyReference = z.strictObject({ name: z.string(), key: z.string() });

const probe = (what: string, most?: number): z.ZodOptional<z.ZodObject> =>
  z
    .strictObject({
      httpGet: z
        .strictObject({
          path: z.string().regex(/^\//, "expected a path, for example /health"),
          httpHeaders: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
        })
        .describe("The request, to port 80."),
      initialDelaySeconds: z.int().min(0).optional().describe("Default: 10."),
      timeoutSeconds: z.int().min(1).optional().describe("Default: 1."),
      periodSeconds: z.int().min(1).optional().describe("Default: 10."),
      successThreshold: z
        .int()
        .min(1)
        .max(most ?? 100)
        .optional()
        .describe("Default: 1."),
      failureThreshold: z.int().min(1).optional().describe("Default: 3."),
    })
    .optional()
    .describe(what);

const quantities = (what: string): z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>> =>
  texts(`${what}, as Kubernetes writes quantities: \`{ cpu: "500m", memory: "128Mi" }\`.`);

/** What a pod's own words describe is handed on as it is. */
const podPart = z.record(z.string(), z.unknown());

/** What becomes objects. */
export const specShape = {
  namespace: z.string().optional().describe("Default: the provider's, else the context's, else default."),
  image: z
    .string()
    .optional()
    .describe("Instead of `artifact`: a reference with its digest, `registry/repository@sha256:<hex>`."),
  executor: z
    .string()
    .default("containerd-shim-spin")
    .describe("The SpinAppExecutor in the namespace that runs the app."),
  replicas: z
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .describe("How many pods. Not with `autoscaling`. Default: 2."),
  autoscaling: z
    .strictObject({
      autoscaler: z.enum(["hpa", "keda"]).optional().describe("Default: hpa."),
      minReplicas: z.int().min(1).optional().describe("Default: 2."),
      maxReplicas: z.int().min(1),
      targetCpuUtilization: z
        .int()
        .min(1)
        .optional()
        .describe("Per cent. Default: 60 of CPU and memory, when neither is given."),
      targetMemoryUtilization: z.int().min(1).optional().describe("Per cent."),
    })
    .optional()
    .describe("Makes a HorizontalPodAutoscaler, or a ScaledObject of KEDA."),
  checks: z
    .strictObject({
      readiness: probe("Whether a pod gets requests."),
      liveness: probe("Whether a pod is started anew.", 1),
    })
    .optional()
    .describe("Requests by which Kubernetes sees how pods are. Default: none."),
  resources: z
    .strictObject({ limits: quantities("At most"), requests: quantities("Reserved") })
    .optional()
    .describe("Of each pod."),
  variables: z
    .record(
      z.string(),
      z.union([
        z.string(),
        z.strictObject({ secretKeyRef: keyReference }),
        z.strictObject({ configMapKeyRef: keyReference }),
      ]),
    )
    .default({})
    .describe(
      "Values of the application's variables, or where they are: `{ secretKeyRef: { name, key } }`, `{ configMapKeyRef: { name, key } }`. Values of secret variables, and all values when only an image is given, are put in a Secret.",
    ),
  runtimeConfig: z
    .union([z.string(), z.strictObject({ secretName: z.string() })])
    .optional()
    .describe(
      "Text of a runtime-config.toml, which is put in a Secret, or the Secret that has it under the key runtime-config.toml.",
    ),
  volumes: z.array(podPart).optional().describe("As in a pod."),
  volumeMounts: z.array(podPart).optional().describe("As in a container."),
  serviceAccountName: z.string().optional().describe("Default: default."),
  imagePullSecrets: z.array(z.string()).optional().describe("Names of Secrets in the namespace."),
  components: z.array(z.string()).min(1).optional().describe("Ids of the components that run. Default: all."),
  invocationLimits: z
    .strictObject({ memory: z.string().optional() })
    .optional()
    .describe('Of each instance: `{ memory: "64Mi" }`.'),
  labels: texts("On all objects."),
  podLabels: texts("On pods."),
  podAnnotations: texts("On pods."),
  deploymentAnnotations: texts("On the Deployment."),
  serviceAnnotations: texts("On the Service."),
  expose: z
    .strictObject({
      kind: z.enum(["Ingress", "HTTPRoute"]).optional().describe("Default: Ingress."),
      host: z
        .string()
        .regex(/^[a-z0-9*]([a-z0-9.-]*[a-z0-9])?$/, "expected a host name, for example shop.example.com"),
      path: z.string().regex(/^\//, "expected a path, for example /shop").optional().describe("Default: /."),
      ingressClassName: z.string().optional(),
      tlsSecret: z.string().optional().describe("The Secret with the certificate; the URL has https then."),
      gateway: z
        .strictObject({
          name: z.string(),
          namespace: z.string().optional(),
          sectionName: z.string().optional(),
        })
        .optional()
        .describe("Of an HTTPRoute."),
      annotations: texts("On the Ingress or HTTPRoute."),
    })
    .optional()
    .describe("Makes an Ingress or an HTTPRoute to the app's Service."),
  networkPolicy: z
    .union([z.boolean(), z.strictObject({ allow: z.array(z.string()) })])
    .optional()
    .describe(
      "A NetworkPolicy by which pods reach no more than the app's grants and its runtime configuration name, and hosts in `allow`. Default: true with an artifact, else false.",
    ),
};

export const clusterInput = clusterSettings
  .omit({ namespace: true })
  .optional()
  .describe("Which cluster. Default: the provider's (`spin:cluster`), else as kubectl finds it.");
