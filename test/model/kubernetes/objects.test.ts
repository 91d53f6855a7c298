import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { canonicalJson } from "../../../model/json.ts";
import { type KubernetesSpec, synthesizeKubernetes } from "../../../model/kubernetes/index.ts";
import { app, image, objectOf, specOf } from "./spec.ts";

const spinAppSpec = (given: Partial<KubernetesSpec>, known = true): Record<string, unknown> =>
  objectOf("SpinApp", specOf(given), known ? app : undefined)["spec"] as Record<string, unknown>;
const revisionOf = (given: Partial<KubernetesSpec>): string =>
  synthesizeKubernetes(specOf(given), app).revision;
const kindsOf = (given: Partial<KubernetesSpec>): string[] =>
  synthesizeKubernetes(specOf(given), app).objects.map(({ kind }) => kind);

describe("the SpinApp", () => {
  test("says what the deployment says, and which revision its pods are", () => {
    const { revision } = synthesizeKubernetes(specOf(), app);
    expect(objectOf("SpinApp", specOf(), app)).toEqual({
      apiVersion: "core.spinkube.dev/v1alpha1",
      kind: "SpinApp",
      metadata: {
        name: "shop",
        namespace: "prod",
        labels: { "app.kubernetes.io/name": "shop", "app.kubernetes.io/managed-by": "pulumi-spin" },
      },
      spec: {
        image,
        executor: "containerd-shim-spin",
        replicas: 2,
        podAnnotations: { "pulumi-spin/revision": revision },
      },
    });
    expect(revision).toMatch(/^[0-9a-f]{16}$/);
  });

  test("has values of variables in one order, plain only where the app says that they are no secret", () => {
    const variables = {
      token: "s3cret",
      greeting: "Hello $(NAME) $$",
      region: { configMapKeyRef: { name: "env", key: "region" } },
    };
    const secret = synthesizeKubernetes(specOf({ variables }), app).objects[0];
    expect(spinAppSpec({ variables })["variables"]).toEqual([
      // Kubernetes would expand $(NAME).
      { name: "greeting", value: "Hello $$(NAME) $$" },
      { name: "region", valueFrom: { configMapKeyRef: { name: "env", key: "region" } } },
      { name: "token", valueFrom: { secretKeyRef: { name: secret?.metadata.name, key: "token" } } },
    ]);
    expect(secret).toMatchObject({
      kind: "Secret",
      immutable: true,
      data: { token: Buffer.from("s3cret").toString("base64") },
    });
    expect(secret?.metadata.name).toMatch(/^shop-variables-[0-9a-f]{10}$/);
  });

  test("of an app that nobody knows has every value from a Secret", () => {
    expect(spinAppSpec({ variables: { greeting: "Hello" } }, false)["variables"]).toEqual([
      {
        name: "greeting",
        valueFrom: { secretKeyRef: { name: expect.stringContaining("shop-variables-"), key: "greeting" } },
      },
    ]);
  });

  test("has another revision exactly when its pods must be others", () => {
    const before = revisionOf({ variables: { token: "one" } });
    expect(
      revisionOf({
        variables: { token: "one" },
        replicas: 7,
        serviceAnnotations: { a: "b" },
        labels: { c: "d" },
      }),
    ).toBe(before);
    expect(revisionOf({ variables: { token: "two" } })).not.toBe(before);
    const config = revisionOf({ runtimeConfig: "" });
    expect(revisionOf({ runtimeConfig: 'state_dir = "x"' })).not.toBe(config);
    expect(revisionOf({ podAnnotations: { a: "b" } })).not.toBe(revisionOf({}));
  });

  test("leaves the number of replicas to an autoscaler, which is there first", () => {
    const autoscaling = { maxReplicas: 5 };
    expect(spinAppSpec({ autoscaling })).toMatchObject({ enableAutoscaling: true });
    expect(spinAppSpec({ autoscaling })).not.toHaveProperty("replicas");
    expect(kindsOf({ autoscaling })).toEqual(["NetworkPolicy", "HorizontalPodAutoscaler", "SpinApp"]);
    expect(objectOf("HorizontalPodAutoscaler", specOf({ autoscaling }), app)["spec"]).toMatchObject({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "shop" },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        { resource: { name: "cpu", target: { averageUtilization: 60 } } },
        { resource: { name: "memory", target: { averageUtilization: 60 } } },
      ],
    });
    const keda = { autoscaler: "keda" as const, maxReplicas: 5, targetCpuUtilization: 50 };
    expect(objectOf("ScaledObject", specOf({ autoscaling: keda }), app)["spec"]).toMatchObject({
      scaleTargetRef: { name: "shop" },
      triggers: [{ type: "cpu", metricType: "Utilization", metadata: { value: "50" } }],
    });
  });

  test("takes pull secrets, also one made of credentials", () => {
    const pullCredentials = { registry: "registry.example.com", username: "me", password: "pw" };
    const spec = specOf({ imagePullSecrets: ["own"], pullCredentials });
    const secret = objectOf("Secret", spec, app);
    expect(spinAppSpec({ imagePullSecrets: ["own"], pullCredentials })["imagePullSecrets"]).toEqual([
      { name: "own" },
      { name: secret.metadata.name },
    ]);
    const { data } = secret as unknown as { data: Record<string, string> };
    expect(JSON.parse(Buffer.from(data[".dockerconfigjson"] ?? "", "base64").toString())).toEqual({
      auths: {
        "registry.example.com": {
          username: "me",
          password: "pw",
          auth: Buffer.from("me:pw").toString("base64"),
        },
      },
    });
  });
});

describe("what leads to it", () => {
  test("is an Ingress to the operator's Service, and the URL", () => {
    const expose = { host: "shop.example.com", path: "/shop", tlsSecret: "cert", ingressClassName: "nginx" };
    const { url } = synthesizeKubernetes(specOf({ expose }), app);
    expect(url).toBe("https://shop.example.com/shop");
    expect(objectOf("Ingress", specOf({ expose }), app)["spec"]).toEqual({
      ingressClassName: "nginx",
      rules: [
        {
          host: "shop.example.com",
          http: {
            paths: [
              {
                path: "/shop",
                pathType: "Prefix",
                backend: { service: { name: "shop", port: { number: 80 } } },
              },
            ],
          },
        },
      ],
      tls: [{ hosts: ["shop.example.com"], secretName: "cert" }],
    });
  });

  test("is an HTTPRoute of a gateway", () => {
    const expose = { kind: "HTTPRoute" as const, host: "shop.example.com", gateway: { name: "outside" } };
    expect(objectOf("HTTPRoute", specOf({ expose }), app)["spec"]).toEqual({
      parentRefs: [{ name: "outside" }],
      hostnames: ["shop.example.com"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [{ name: "shop", port: 80 }],
        },
      ],
    });
  });

  test("is nothing but the cluster's own name otherwise", () => {
    expect(synthesizeKubernetes(specOf(), app).url).toBe("http://shop.prod.svc.cluster.local/");
  });
});

test("the order of keys in a program changes no byte of what is applied", () => {
  const shuffled = fc.constantFrom("a", "b", "c").chain((first) =>
    fc.record({
      first: fc.constant(first),
      values: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ values }) => {
      const reversed = Object.fromEntries(Object.entries(values).toReversed());
      const [one, other] = [values, reversed].map((variables) => synthesizeKubernetes(specOf({ variables })));
      expect(canonicalJson(other)).toBe(canonicalJson(one));
    }),
  );
});
