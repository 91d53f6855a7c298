import * as pulumi from "@pulumi/pulumi";
import { App, CapabilityGrant, Component, HostDeployment, Route, Variable } from "pulumi-spin";

const config = new pulumi.Config();
const listen = config.get("listen") ?? "127.0.0.1:3000";

// What the application can be told. A secret has no default: its value comes with the deployment.
const greeting = new Variable("greeting", { default: "Hello from Spin" });
const upstream = new Variable("upstream", { default: "http://self.alt/fact" });
const token = new Variable("token", { secret: true });

// What a component may do. Everything else is denied.
const visits = new CapabilityGrant("visits", {
  keyValueStores: ["default"],
  reason: "counts visits",
});
const settings = new CapabilityGrant("settings", {
  variables: { greeting: "{{ greeting }}", upstream: "{{ upstream }}", token: "{{ token }}" },
  reason: "greets, and knows its upstream",
});
const facts = new CapabilityGrant("facts", {
  allowedOutboundHosts: ["http://self"],
  reason: "asks the application's own /fact",
});

const api = new Component("api", {
  source: "components/api/dist/api.wasm",
  build: {
    command: ["npm", "run", "--silent", "build"],
    workdir: "components/api",
    watch: ["src/**/*.ts", "wit/**/*.wit", "*.json", "build.mjs"],
  },
  grants: [visits, settings, facts],
});

const stats = new Component("stats", {
  source: "components/stats/dist/stats.wasm",
  build: {
    command: ["node", "build.mjs"],
    workdir: "components/stats",
    watch: ["src/**/*.rs", "Cargo.*", "*.mjs", "stats.wasm*"],
  },
  grants: [visits],
});

const app = new App("quickstart", {
  version: "0.1.0",
  variables: [greeting, upstream, token],
  components: [api, stats],
  routes: [
    new Route("index", { route: "/", component: api }),
    new Route("count", { route: "/count", component: api }),
    new Route("token", { route: "/token", component: api }),
    new Route("outbound", { route: "/outbound/...", component: api }),
    new Route("stats", { route: "/stats/...", component: stats }),
    new Route("fact", { route: "/fact", staticResponse: { body: "Components start in microseconds.\n" } }),
  ],
});

const deployment = new HostDeployment("local", {
  app,
  listen,
  variables: { token: config.requireSecret("token") },
});

export const url = deployment.url;
export const digest = deployment.digest;
export const manifest = app.manifest;
