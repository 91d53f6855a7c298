/** One change of each input that may change in place: what a resource has before and after, and how the engine names it. */
import { type Declared, type Kind, output, ref, type Value } from "../../support/front-ends.ts";

export interface Change {
  kind: Kind;
  input: string;
  /** Inputs before; the changed one is left out where it is optional. */
  before: Record<string, Value>;
  /** Those that are different afterwards; `null` for what is left out then. */
  after: Record<string, Value>;
  /** Property path → "add", "update" or "delete". */
  diff: Record<string, string>;
}

const api = "api.wasm";
const grant = (input: string, before: Value, after: Value, diff: Change["diff"]): Change => ({
  kind: "CapabilityGrant",
  input,
  before: { [input]: before },
  after: { [input]: after },
  diff,
});

function change(
  kind: Kind,
  base: Record<string, Value>,
  input: string,
  [before, after]: [Value | undefined, Value],
  diff: Change["diff"] = { [input]: before === undefined ? "add" : "update" },
): Change {
  const given = before === undefined ? {} : { [input]: before };
  return { kind, input, before: { ...base, ...given }, after: { [input]: after }, diff };
}

const named = { name: "greeting" };
const component = { componentId: "api", source: api };
const route = { route: "/a", component: "api" };
const trigger = { type: "cron", component: "api" };
const channel = { channel: "orders", component: "api" };
const app = { name: "one", components: [], routes: [ref("Route-static")] };

/** Those of the resources that only compute. */
export const changes: Change[] = [
  change("Variable", { default: "a" }, "name", ["greeting", "salute"]),
  change("Variable", named, "default", ["a", "Grüße, ☃ \u{1F600}"]),
  change("Variable", named, "required", [undefined, true]),
  change("Variable", named, "secret", [undefined, true], { secret: "update" }),
  change("Variable", { ...named, default: "a" }, "description", [undefined, "says hello"]),

  grant("allowedOutboundHosts", ["https://a.example"], ["https://a.example", "https://b.example"], {
    "allowedOutboundHosts[1]": "add",
  }),
  grant("keyValueStores", ["default"], ["default", "other"], { "keyValueStores[1]": "add" }),
  grant("sqliteDatabases", ["default"], [], { "sqliteDatabases[0]": "delete" }),
  grant("aiModels", ["llama2-chat"], ["codellama-instruct"], { "aiModels[0]": "update" }),
  grant("files", ["a.txt"], [{ source: "b", destination: "/c" }], { "files[0]": "update" }),
  grant("variables", { a: "x" }, { a: "y" }, { "variables.a": "update" }),
  change("CapabilityGrant", {}, "reason", [undefined, "keeps the orders"]),
  change("CapabilityGrant", {}, "owner", [undefined, "web team"]),
  change("CapabilityGrant", {}, "expires", ["2099-01-31", "2099-02-28"]),

  change("Component", { source: api }, "componentId", ["api", "app"]),
  change("Component", { componentId: "api" }, "source", [api, "copy.wasm"]),
  change("Component", component, "build", [undefined, { command: ["true"], watch: ["source.txt"] }]),
  change("Component", component, "grants", [[], [ref("CapabilityGrant-reason")]], { "grants[0]": "add" }),
  change("Component", component, "environment", [undefined, { MODE: "test" }], { "environment.MODE": "add" }),
  change("Component", component, "description", [undefined, "answers"]),
  change("Component", component, "excludeFiles", [undefined, ["*.md"]]),
  change("Component", component, "dependencies", [undefined, { "a:b": { path: api } }]),
  change("Component", component, "dependenciesInheritConfiguration", [undefined, true]),
  change("Component", component, "profiles", [undefined, { debug: { environment: { MODE: "debug" } } }]),
  change("Component", component, "targets", [undefined, ["spin-up:4.0"]]),
  change("Component", component, "tool", [undefined, { trunk: { release: true } }]),

  change("Route", { component: "api" }, "route", ["/a", "/b"]),
  {
    kind: "Route",
    input: "private",
    before: route,
    after: { route: null, private: true },
    diff: { route: "delete", private: "add" },
  },
  change("Route", { route: "/a" }, "component", ["api", "stats"]),
  change("Route", { route: "/a" }, "staticResponse", [{ body: "a" }, { body: "b" }], {
    "staticResponse.body": "update",
  }),
  change("Route", route, "triggerId", [undefined, "first"]),
  change("Route", route, "components", [undefined, { extra: "stats" }]),
  change("Route", route, "middleware", [undefined, [{ path: api }]]),
  change("Route", route, "executor", [{ type: "http" }, { type: "wagi" }], { "executor.type": "update" }),

  change("RedisTrigger", { component: "api" }, "channel", ["orders", "invoices"]),
  change("RedisTrigger", channel, "address", [undefined, "redis://localhost:6379"]),
  change("RedisTrigger", { channel: "orders" }, "component", ["api", "stats"]),
  change("RedisTrigger", channel, "triggerId", [undefined, "first"]),

  change("Trigger", { component: "api" }, "type", ["cron", "sqs"]),
  change("Trigger", { type: "cron" }, "component", ["api", "stats"]),
  change("Trigger", { type: "cron" }, "components", [{ main: "api" }, { main: "stats" }], {
    "components.main": "update",
  }),
  change(
    "Trigger",
    trigger,
    "settings",
    [{ cron_expression: "1 * * * *" }, { cron_expression: "2 * * * *" }],
    {
      "settings.cron_expression": "update",
    },
  ),
  change("Trigger", trigger, "dependencies", [undefined, { main: [{ path: api }] }]),
  change("Trigger", trigger, "triggerId", [undefined, "first"]),

  change("App", app, "name", ["one", "two"]),
  change("App", app, "version", [undefined, "2"], { version: "update" }),
  change("App", app, "description", [undefined, "sells things"]),
  change("App", app, "authors", [["Ada"], ["Ada", "Bob"]], { "authors[1]": "add" }),
  change("App", app, "variables", [[], [ref("Variable-required")]], { "variables[0]": "add" }),
  change("App", app, "components", [[], [ref("Component-description")]], { "components[0]": "add" }),
  change("App", app, "routes", [[ref("Route-static")], [ref("Route-static"), ref("fact")]], {
    "routes[1]": "add",
  }),
  change("App", { ...app, components: [ref("Component-still")] }, "triggers", [
    undefined,
    [ref("Trigger-still")],
  ]),
  change("App", app, "triggerSettings", [undefined, { redis: { address: "redis://localhost:6379" } }]),
  change("App", app, "triggerTypes", [undefined, ["http"]]),
  change("App", app, "targets", [undefined, ["spin-up:4.0"]]),
  change("App", app, "tool", [undefined, { trunk: { release: true } }]),
];

/** Those of deployments, and whether the host is asked to do something: settings of how to deploy change nothing by themselves. */
const deployment = (
  input: string,
  [before, after]: [Value | undefined, Value],
  deploys: boolean,
  diff?: Change["diff"],
): Change & { deploys: boolean } => {
  const base = { name: input, app: ref("shop"), listen: "127.0.0.1:0" };
  return { ...change("HostDeployment", base, input, [before, after], diff), deploys };
};
export const deployments: (Change & { deploys: boolean })[] = [
  deployment("app", [ref("shop"), ref("second")], true, {
    "app.lockedApp.triggers[0].trigger_config.static_response.body": "update",
  }),
  deployment("listen", ["127.0.0.1:0", "localhost:0"], true),
  deployment("variables", [undefined, { greeting: "Servus" }], true, { "variables.greeting": "add" }),
  deployment("limits", [{ computeMs: 1_000 }, { computeMs: 2_000 }], true, {
    "limits.computeMs": "update",
  }),
  deployment("health", [undefined, { path: "/fact" }], false, {}),
  deployment("waitForReady", [undefined, true], false, {}),
  deployment("adopt", [undefined, true], false, {}),
];

/** What the changes refer to and does not change itself. */
export const unchanging: Record<string, Declared> = {
  "Route-static": { type: "Route", inputs: { route: "/static", staticResponse: { body: "static" } } },
  "Component-still": { type: "Component", inputs: { componentId: "api", source: api } },
  "Trigger-still": { type: "Trigger", inputs: { type: "cron", component: "api", settings: {} } },
  greeting: { type: "Variable", inputs: { default: "Hello" } },
  fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body: "one" } } },
  other: { type: "Route", inputs: { route: "/fact", staticResponse: { body: "two" } } },
  shop: {
    type: "App",
    inputs: { components: [], variables: [ref("greeting")], routes: [ref("fact")] },
  },
  second: {
    type: "App",
    inputs: { name: "shop", components: [], variables: [ref("greeting")], routes: [ref("other")] },
  },
  last: { type: "Variable", inputs: { default: output("shop.digest") } },
};

export const resourceName = ({ kind, input }: Change): string => `${kind}-${input}`;

/** The resources of the changes, each as it is before or after its own. */
export function declared(all: Change[], when: "before" | "after"): Record<string, Declared> {
  return Object.fromEntries(
    all.map((it) => {
      const inputs = when === "before" ? it.before : { ...it.before, ...it.after };
      const given = Object.entries(inputs).filter(([, value]) => value !== null);
      return [resourceName(it), { type: it.kind, inputs: Object.fromEntries(given) }];
    }),
  );
}
