import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { validateKubernetes } from "../../../model/kubernetes/index.ts";
import { quantityOf } from "../../../model/kubernetes/quantity.ts";
import { app, image, specOf } from "./spec.ts";

const token = { token: "x" };
const found = (given: object, known = true): string[] =>
  validateKubernetes(
    { ...specOf(), variables: known ? token : {}, ...given } as never,
    known ? app : undefined,
  ).map(({ path, message, code }) => `${path}: ${message} ${code}`);

describe("a deployment to Kubernetes", () => {
  test("that is right has no issues, nor has one of which nothing is known yet", () => {
    expect(found({})).toEqual([]);
    expect(validateKubernetes({})).toEqual([]);
  });

  test.each<[string, object, RegExp]>([
    [
      "a name of 53 characters",
      { name: "a".repeat(53) },
      /^name: .*53 characters.*at most 52.* ERR_SPIN_KUBERNETES_NAME$/,
    ],
    ["a name with a dot", { name: "a.b" }, /^name: .*no name for a Service/],
    ["a namespace in capitals", { namespace: "Prod" }, /^namespace: "Prod"/],
    [
      "a tag",
      { image: "ghcr.io/shop:1.0" },
      /^image: .*tag "1.0" and no digest.* ERR_SPIN_KUBERNETES_IMAGE$/,
    ],
    ["no digest", { image: "ghcr.io/shop" }, /^image: .*has no digest/],
    ["what is no reference", { image: "ghcr.io/Shop" }, /^image: .*no reference/],
    [
      "replicas with autoscaling",
      { replicas: 2, autoscaling: { maxReplicas: 3 }, resources: { limits: { cpu: "1", memory: "1Gi" } } },
      /^replicas: .* ERR_SPIN_KUBERNETES_SPEC$/,
    ],
    [
      "fewer at most than at least",
      { autoscaling: { maxReplicas: 1 }, resources: { limits: { cpu: "1", memory: "1Gi" } } },
      /^autoscaling.maxReplicas: At most 1/,
    ],
    ["autoscaling without limits", { autoscaling: { maxReplicas: 3 } }, /^resources: .*cpu and memory/],
    [
      "what is no quantity",
      { resources: { limits: { memory: "1GiB" } } },
      /^resources.limits.memory: "1GiB"/,
    ],
    [
      "a request beyond the limit",
      { resources: { limits: { memory: "1Gi" }, requests: { memory: "1025Mi" } } },
      /^resources.requests.memory: /,
    ],
    [
      "an instance larger than its container",
      { resources: { limits: { memory: "64Mi" } }, invocationLimits: { memory: "65Mi" } },
      /^invocationLimits.memory: /,
    ],
    [
      "a variable that the app does not declare",
      { variables: { ...token, gretting: "x" } },
      /^variables.gretting: /,
    ],
    ["a required variable without a value", { variables: {} }, /^variables: .*requires the variable "token"/],
    [
      "a key that is none",
      { variables: { token: { secretKeyRef: { name: "s", key: "a/b" } } } },
      /^variables.token.secretKeyRef.key: /,
    ],
    ["a component that is not there", { components: ["apu"] }, /^components\[0\]: .*no component "apu"/],
    ["a runtime configuration that is no TOML", { runtimeConfig: "a =" }, /^runtimeConfig: 1:/],
    [
      "an unknown store type",
      { runtimeConfig: '[key_value_store.x]\ntype = "mongo"' },
      /^runtimeConfig: key_value_store/,
    ],
    [
      "a mount without its volume",
      { volumeMounts: [{ name: "data", mountPath: "/d" }] },
      /^volumeMounts\[0\].name: /,
    ],
    ["a label that is too long", { labels: { team: "x".repeat(64) } }, /^labels\["team"\]: /],
    ["a label of the operator's", { podLabels: { "core.spinkube.dev/app-name": "x" } }, /^podLabels.*itself/],
    ["our own annotation", { podAnnotations: { "pulumi-spin/revision": "x" } }, /^podAnnotations.*itself/],
    ["an HTTPRoute without a gateway", { expose: { kind: "HTTPRoute", host: "a" } }, /^expose.gateway: /],
    [
      "an Ingress with a gateway",
      { expose: { host: "a", gateway: { name: "x" } } },
      /^expose.gateway: An Ingress has no gateway/,
    ],
    [
      "a host that Spin would refuse",
      { networkPolicy: { allow: ["example.com"] } },
      /^networkPolicy.allow\[0\]: .* ERR_SPIN_ALLOWED_HOST$/,
    ],
  ])("with %s is refused", (_what, given, text) => {
    const issues = found(given);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(text);
  });

  test("by image alone cannot have a policy of its grants", () => {
    expect(found({ networkPolicy: true }, false)).toEqual([expect.stringMatching(/^networkPolicy: /)]);
    expect(found({ networkPolicy: { allow: ["https://a.b"] } }, false)).toEqual([]);
  });

  test("takes a name of 52 characters", () => {
    expect(found({ name: "a".repeat(52), image })).toEqual([]);
  });
});

describe("a quantity", () => {
  test.each([
    ["500m", 0.5],
    ["1.5", 1.5],
    ["128Mi", 128 * 1024 ** 2],
    ["1e3", 1000],
    [".5Gi", 512 * 1024 ** 2],
    ["2k", 2000],
  ])("%s is %d", (text, value) => expect(quantityOf(text)).toBeCloseTo(value));

  test.each(["", "Mi", "1GiB", "1 Gi", "0x10", "1,5", "m5", "1K"])("%j is none", (text) =>
    expect(quantityOf(text)).toBeUndefined(),
  );

  test("of any number and suffix is read as Kubernetes writes it", () => {
    const suffixes = ["", "m", "k", "M", "G", "Ki", "Mi", "Gi"];
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...suffixes), (number, suffix) => {
        const value = quantityOf(`${number}${suffix}`);
        expect(value).toBeCloseTo(number * (quantityOf(`1${suffix}`) ?? Number.NaN), 5);
      }),
    );
  });
});
