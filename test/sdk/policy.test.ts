import { describe, expect, test } from "@jest/globals";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { Secret, unknownCheckingProxy } from "@pulumi/policy";
import { isKind, remediateResourcesOf, spinPolicies, typesOf } from "../../sdk/policy/index.ts";
import { caught } from "../support/caught.ts";

const args = (kind: string, props: object, config: object = {}): ResourceValidationArgs =>
  ({
    type: `spin:index:${kind}`,
    props: unknownCheckingProxy(props as Record<string, unknown>),
    getConfig: () => config,
  }) as unknown as ResourceValidationArgs;

/** What the policy of that name says. */
async function judge(name: string, kind: string, props: object, config?: object): Promise<string[]> {
  const policy = spinPolicies.find((it) => it.name === name) as ResourceValidationPolicy;
  const said: string[] = [];
  for (const validate of [policy.validateResource ?? []].flat())
    await validate(args(kind, props, config), (message) => said.push(message));
  return said;
}

const grant = (...allowedOutboundHosts: string[]) => ({ allowedOutboundHosts });

describe("a kind of resource", () => {
  test("has a type in each front end, and no other", () => {
    expect(typesOf("Route")).toEqual(["spin:index:Route", "pulumi-nodejs:dynamic/spin:Route"]);
    for (const type of typesOf("Route")) expect(isKind(type, "Route")).toBe(true);
    for (const type of ["aws:index:Route", "spin:index:RouteX", "pulumi-nodejs:dynamic:Resource"])
      expect(isKind(type, "Route")).toBe(false);
  });
});

describe("spin-outbound-hosts", () => {
  test.each([
    "*://*:*",
    "https://*",
    "https://10.0.0.0/8",
    "http://169.254.169.254",
    "https://{{ host }}",
    "https://*.com",
  ])("refuses %s", async (host) => {
    const said = await judge("spin-outbound-hosts", "CapabilityGrant", grant("https://a.example.com", host));
    expect(said).toEqual([expect.stringContaining(`allowedOutboundHosts[1] is "${host}"`)]);
  });

  test.each(["https://api.example.com", "https://*.example.com", "http://self", "postgres://db.example.com"])(
    "takes %s",
    async (host) => expect(await judge("spin-outbound-hosts", "CapabilityGrant", grant(host))).toEqual([]),
  );

  test("takes what is allowed, and what that includes", async () => {
    const config = { allowed: ["http://10.0.0.0/24:8080"] };
    const said = await judge(
      "spin-outbound-hosts",
      "CapabilityGrant",
      grant("http://10.0.0.7:8080", "http://10.0.1.7:8080"),
      config,
    );
    expect(said).toEqual([expect.stringContaining("allowedOutboundHosts[1]")]);
    expect(
      await judge("spin-outbound-hosts", "CapabilityGrant", grant("https://a.example.com"), {
        highestRisk: "low",
      }),
    ).toHaveLength(1);
  });
});

test("spin-outbound-encryption names what may be read on its way, and not what stays on the machine", async () => {
  const hosts = [
    "http://a.example.com",
    "https://a.example.com",
    "http://self",
    "redis://127.0.0.1:6379",
    "redis://cache.lan",
  ];
  expect(await judge("spin-outbound-encryption", "CapabilityGrant", grant(...hosts))).toEqual([
    expect.stringContaining("allowedOutboundHosts[0]"),
    expect.stringContaining("allowedOutboundHosts[4]"),
  ]);
});

test("spin-grants-explained wants a reason and an owner, or what is configured", async () => {
  const said = (props: object, config?: object) =>
    judge("spin-grants-explained", "CapabilityGrant", props, config);
  expect(await said({ reason: "  " })).toEqual(["The grant has no reason and no owner."]);
  expect(await said({ reason: "x" }, { required: ["reason"] })).toEqual([]);
  expect(await said({ reason: "x", owner: "me" })).toEqual([]);
});

test("spin-grants-expire wants an end within reach for the kinds that are configured", async () => {
  const said = (props: object, config?: object) =>
    judge("spin-grants-expire", "CapabilityGrant", props, config);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  expect(await said(grant("https://a.example.com"))).toEqual([expect.stringContaining("no `expires`")]);
  expect(await said({ ...grant("https://a.example.com"), expires: inDays(300) })).toEqual([]);
  expect(await said({ ...grant("https://a.example.com"), expires: inDays(400) })).toHaveLength(1);
  expect(await said({ keyValueStores: ["default"] })).toEqual([]);
  expect(await said({ keyValueStores: ["default"] }, { kinds: ["keyValueStores"] })).toHaveLength(1);
});

test("spin-local-listeners refuses what other machines reach", async () => {
  const said = (listen?: string, config?: object) =>
    judge("spin-local-listeners", "HostDeployment", listen === undefined ? {} : { listen }, config);
  for (const listen of [undefined, "127.0.0.1:0", "[::1]:80", "localhost:3000"])
    expect(await said(listen)).toEqual([]);
  for (const listen of ["0.0.0.0:80", "[::]:80", "example.com:80"])
    expect(await said(listen)).toHaveLength(1);
  expect(await said("10.0.0.1:80", { allowed: ["10.0.0.1"] })).toEqual([]);
});

test("spin-component-sources judges what is fetched, once places are named", async () => {
  const said = (source: unknown, config?: object) =>
    judge("spin-component-sources", "Component", { source }, config);
  const url = { url: "https://cdn.example.com/a.wasm", digest: "sha256:0" };
  const fetched = { package: "acme:api", version: "1.0.0", registry: "ghcr.io" };
  for (const source of ["a.wasm", url, fetched]) expect(await said(source)).toEqual([]);
  const config = { registries: ["registry.example.com"], urlHosts: [] };
  expect(await said("a.wasm", config)).toEqual([]);
  expect(await said(url, config)).toEqual([expect.stringContaining("cdn.example.com; allowed are none")]);
  expect(await said(fetched, config)).toEqual([
    expect.stringContaining("ghcr.io; allowed are registry.example.com"),
  ]);
  expect(await said({ package: "acme:api", version: "1.0.0" }, config)).toHaveLength(1);
});

test("spin-secret-variables finds what calls itself a secret", async () => {
  const said = (name: string, secret = false) => judge("spin-secret-variables", "Variable", { name, secret });
  for (const name of ["token", "db_password", "api_key"]) expect(await said(name)).toHaveLength(1);
  expect(await said("token", true)).toEqual([]);
  for (const name of ["tokenizer", "greeting", "keyboard"]) expect(await said(name)).toEqual([]);
});

describe("an application is judged where it is deployed", () => {
  const app = { components: [{ id: "api", grants: [grant("https://*")], source: "api.wasm" }] };
  test.each([
    ["HostDeployment", { app }],
    ["HostDeployment", { artifact: { app } }],
    ["KubernetesDeployment", { artifact: { app } }],
  ])("a %s of %j", async (kind, props) => {
    expect(await judge("spin-outbound-hosts", kind, props)).toEqual([
      expect.stringContaining('Of the component "api": allowedOutboundHosts[0]'),
    ]);
  });

  test("and not where only its image is named", async () => {
    expect(await judge("spin-outbound-hosts", "KubernetesDeployment", { image: "a/b@sha256:0" })).toEqual([]);
  });
});

describe("a remediation", () => {
  const fix = remediateResourcesOf("HostDeployment", () => ({ listen: "127.0.0.1:0" }));

  test("passes other kinds by, and changes the bag itself", () => {
    expect(fix(args("App", { name: "shop" }))).toBeUndefined();
    const secret = new Secret("x");
    const bag = args("HostDeployment", { listen: "0.0.0.0:80", variables: { token: secret } });
    expect(fix(bag)).toBe(bag.props);
    expect(bag.props["listen"]).toBe("127.0.0.1:0");
  });

  test.each([
    ["is one", new Secret("x")],
    ["holds one", { token: new Secret("x") }],
    ["holds one in a list", [{ token: new Secret("x") }]],
  ])("never changes an input that %s", (_what, variables) => {
    const change = remediateResourcesOf("HostDeployment", () => ({ variables: { token: "y" } }));
    const error = caught(() => change(args("HostDeployment", { variables })));
    expect(error).toMatchObject({ code: "ERR_SPIN_POLICY_SECRET", path: "variables" });
  });
});
