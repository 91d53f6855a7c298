import { describe, expect, test } from "@jest/globals";
import { type KubernetesSpec, synthesizeKubernetes } from "../../../model/kubernetes/index.ts";
import { objectOf, specOf } from "./spec.ts";

const dns = {
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};

function policy(
  hosts: string[],
  given: Partial<KubernetesSpec> = {},
): { egress: unknown; warnings: string[] } {
  const app = { variables: [], allowedOutboundHosts: { api: hosts } };
  const object = objectOf("NetworkPolicy", specOf(given), app) as unknown as { spec: { egress: unknown } };
  const { warnings } = synthesizeKubernetes(specOf(given), app);
  expect(warnings.filter(({ code }) => code !== "ERR_SPIN_KUBERNETES_POLICY")).toEqual([]);
  return { egress: object.spec.egress, warnings: warnings.map(({ message }) => message) };
}

describe("the NetworkPolicy", () => {
  test("of an app that may call nobody lets its pods out to nobody", () => {
    expect(policy([])).toEqual({ egress: [], warnings: [] });
    expect(objectOf("NetworkPolicy", specOf({ networkPolicy: { allow: [] } }))["spec"]).toMatchObject({
      podSelector: { matchLabels: { "core.spinkube.dev/app-name": "shop" } },
      policyTypes: ["Egress"],
    });
  });

  test.each<[string, unknown]>([
    [
      "https://10.1.2.3",
      { to: [{ ipBlock: { cidr: "10.1.2.3/32" } }], ports: [{ protocol: "TCP", port: 443 }] },
    ],
    [
      "redis://10.0.0.0/8:6379..6381",
      { to: [{ ipBlock: { cidr: "10.0.0.0/8" } }], ports: [{ protocol: "TCP", port: 6379, endPort: 6380 }] },
    ],
    [
      "https://[2001:db8::1]",
      { to: [{ ipBlock: { cidr: "2001:db8::1/128" } }], ports: [{ protocol: "TCP", port: 443 }] },
    ],
  ])("says %s as it is", (entry, rule) => {
    expect(policy([entry])).toEqual({ egress: [rule], warnings: [] });
  });

  test("is wider than a name, and says so", () => {
    expect(policy(["https://api.example.com"])).toEqual({
      egress: [dns, { ports: [{ protocol: "TCP", port: 443 }] }],
      warnings: [
        'For "https://api.example.com" the NetworkPolicy allows every address on that port; Spin keeps to the name.',
      ],
    });
    expect(policy(["postgres://db.data.svc.cluster.local"])).toEqual({
      egress: [
        dns,
        { to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "data" } } }] },
      ],
      warnings: [expect.stringContaining("every pod of that namespace")],
    });
    expect(policy(["redis://{{ host }}"])).toEqual({
      egress: [{}],
      warnings: [expect.stringContaining("every address and port")],
    });
  });

  test("needs no rule for what never leaves the pod", () => {
    expect(
      policy([
        "http://self",
        "http://other.spin.internal",
        "http://*.spin.internal",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
      ]),
    ).toEqual({
      egress: [],
      warnings: [],
    });
  });

  test("lets everything out where an entry does, and says each rule once", () => {
    expect(policy(["*://*:*", "https://10.1.2.3"]).egress).toEqual([{}]);
    expect(policy(["https://10.1.2.3", "https://10.1.2.3:443"]).egress).toHaveLength(1);
  });

  test("knows the stores of the runtime configuration, without their passwords", () => {
    const runtimeConfig =
      '[key_value_store.default]\ntype = "redis"\nurl = "redis://:pa55word@10.9.9.9:7000"\n';
    const found = policy([], { runtimeConfig });
    expect(found.egress).toEqual([
      { to: [{ ipBlock: { cidr: "10.9.9.9/32" } }], ports: [{ protocol: "TCP", port: 7000 }] },
    ]);
    const named = policy([], { runtimeConfig: runtimeConfig.replace("10.9.9.9", "kv.example.com") });
    expect(named.warnings.join()).toContain("kv.example.com");
    expect(named.warnings.join()).not.toContain("pa55word");
    expect(policy([], { runtimeConfig: { secretName: "theirs" } }).warnings).toEqual([
      'The NetworkPolicy knows no stores of the runtime configuration in the Secret "theirs".',
    ]);
  });

  test("is only about the components that run", () => {
    const app = { variables: [], allowedOutboundHosts: { api: ["*://*:*"], web: [] } };
    const object = objectOf("NetworkPolicy", specOf({ components: ["web"] }), app);
    expect(object["spec"]).toMatchObject({ egress: [] });
  });

  test("is not made for an app that nobody knows, nor where it is not wanted", () => {
    const kinds = (spec: KubernetesSpec, known?: object): string[] =>
      synthesizeKubernetes(spec, known as never).objects.map(({ kind }) => kind);
    expect(kinds(specOf())).toEqual(["SpinApp"]);
    expect(kinds(specOf({ networkPolicy: false }), { variables: [], allowedOutboundHosts: {} })).toEqual([
      "SpinApp",
    ]);
  });
});
