/**
 * `node register-all.ts MODULE [preview]`: a program with one resource of each class of the SDK at MODULE, against
 * Pulumi's own mocks. Prints what was registered, and what was logged, as one JSON object.
 */
import * as pulumi from "@pulumi/pulumi";

const [module = "", mode] = process.argv.slice(2);
const registered: unknown[] = [];
const logged: string[] = [];
console.warn = (text: string) => logged.push(text);

await pulumi.runtime.setMocks(
  {
    call: () => ({}),
    newResource({ type, name, inputs }) {
      registered.push({ type, name, inputs });
      // As the provider answers: with the inputs, and what follows from them.
      const definition = { of: name };
      const warnings = type.endsWith(":App") ? ["keyValueStores: never used."] : undefined;
      return { id: `${name}-id`, state: { ...inputs, definition, ...(warnings && { warnings }) } };
    },
  },
  "project",
  "stack",
  mode === "preview",
);
const sdk = (await import(module)) as typeof import("../../sdk/index.ts");
const greeting = new sdk.Variable("greeting", { default: "Hello" });
const hidden = new sdk.Variable("hidden", { default: pulumi.secret("x") });
const counter = new sdk.CapabilityGrant("counter", { keyValueStores: ["default"] });
const api = new sdk.Component("api", { source: "api.wasm", grants: [counter] });
const count = new sdk.Route("count", { route: "/count", component: api });
const named = new sdk.Route("named", {
  private: true,
  component: "other",
  middleware: [{ component: api }, { component: pulumi.output("other") }, { path: "auth.wasm" }],
});
const parent = new sdk.Component("parent", {
  source: "parent.wasm",
  dependencies: { "a:b": "^1.0", "c:d": { component: api } },
  profiles: { debug: { dependencies: { "c:d": { component: api, inheritConfiguration: true } } } },
});
const orders = new sdk.RedisTrigger("orders", { channel: "orders", component: api });
const nightly = new sdk.Trigger("nightly", { type: "cron", components: { main: [api, "other"] } });
const shop = new sdk.App("shop", {
  components: [api],
  routes: [count, named],
  triggers: [orders, nightly],
  variables: [greeting],
});
const pushed = new sdk.Artifact("pushed", { app: shop, repository: "ghcr.io/acme/shop", tags: ["1"] });
const local = new sdk.HostDeployment("local", {
  app: shop,
  variables: { token: pulumi.secret("open-sesame") },
});
const cluster = new sdk.KubernetesDeployment("cluster", {
  image: `registry.example.com/shop@sha256:${"a".repeat(64)}`,
  name: "shop",
});
await Promise.all(
  [hidden, local, parent, cluster, pushed].map(({ urn }) => new Promise((resolve) => urn.apply(resolve))),
);
await pulumi.runtime.disconnect();
console.log(JSON.stringify({ registered, logged, exports: Object.keys(sdk) }));
