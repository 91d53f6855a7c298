/** Against JSON written by hand from Spin's documentation of its locked application. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type AppDefinition,
  type ComponentDefinition,
  lockApp,
  lockedAppDigest,
  type RouteDefinition,
} from "../../../model/index.ts";
import { canonicalJson } from "../../../model/json.ts";
import { grant } from "../../support/grant.ts";

type Parts = Omit<AppDefinition, "lockedApp" | "digest">;

const digest = `sha256:${"ab".repeat(32)}`;

function component(id: string, members: Partial<ComponentDefinition> = {}): ComponentDefinition {
  return {
    id,
    source: `${id}/${id}.wasm`,
    environment: {},
    grants: [],
    digest,
    size: 8,
    imports: [],
    exports: [],
    ...members,
  };
}

function app(members: Partial<Parts> = {}): Parts {
  return { name: "shop", version: "", authors: [], variables: [], components: [], routes: [], ...members };
}

test("a whole app, as Spin's loader writes it", () => {
  const locked = lockApp(
    app({
      version: "1.2.0",
      description: "Sells things",
      authors: ["A <a@example.com>"],
      variables: [
        { name: "token", required: true, secret: true },
        { name: "greeting", default: "hi", required: false, secret: false, description: "Shown first." },
      ],
      components: [
        component("api", {
          description: "Answers",
          environment: { LOG: "info" },
          build: { command: ["npm", "run", "build"], workdir: "api", watch: ["src/**"] },
          grants: [
            grant({
              allowedOutboundHosts: ["https://b.example"],
              keyValueStores: ["default"],
              reason: "canary-reason",
              owner: "canary-owner",
            }),
            grant({
              allowedOutboundHosts: ["https://a.example"],
              sqliteDatabases: ["shop"],
              aiModels: ["llama2-chat"],
              variables: { text: "{{ greeting }}" },
            }),
          ],
        }),
        component("web"),
      ],
      routes: [
        { route: "/api/...", component: "api" },
        { route: { private: true }, component: "web" },
        {
          route: "/robots.txt",
          staticResponse: { statusCode: 200, headers: { "content-type": "text/plain" }, body: "x" },
        },
        { route: "/health", component: "api" },
      ],
    }),
  );
  expect(locked).toEqual({
    spin_lock_version: 0,
    metadata: {
      name: "shop",
      version: "1.2.0",
      description: "Sells things",
      authors: ["A <a@example.com>"],
      triggers: {},
      trigger: { type: "http" },
    },
    variables: {
      greeting: { default: "hi", description: "Shown first." },
      token: { secret: true },
    },
    triggers: [
      {
        id: "api-http-trigger",
        trigger_type: "http",
        trigger_config: { component: "api", route: "/api/..." },
      },
      {
        id: "web-http-trigger",
        trigger_type: "http",
        trigger_config: { component: "web", route: { private: true } },
      },
      {
        id: "http-trigger1",
        trigger_type: "http",
        trigger_config: {
          route: "/robots.txt",
          static_response: { status_code: 200, headers: { "content-type": "text/plain" }, body: "x" },
        },
      },
      { id: "http-trigger2", trigger_type: "http", trigger_config: { component: "api", route: "/health" } },
    ],
    components: [
      {
        id: "api",
        metadata: {
          description: "Answers",
          allowed_outbound_hosts: ["https://a.example", "https://b.example"],
          key_value_stores: ["default"],
          databases: ["shop"],
          ai_models: ["llama2-chat"],
          build: { command: "npm run build", workdir: "api", watch: ["src/**"] },
        },
        source: { content_type: "application/wasm", digest },
        env: { LOG: "info" },
        config: { text: "{{ greeting }}" },
      },
      { id: "web", source: { content_type: "application/wasm", digest } },
    ],
  });
});

test("an app of a name alone: what is empty is left out", () => {
  expect(lockApp(app())).toEqual({
    spin_lock_version: 0,
    metadata: { name: "shop", triggers: {}, trigger: { type: "http" } },
    triggers: [],
    components: [],
  });
});

describe("calls between components", () => {
  test.each([
    ["one component", "http://web.spin.internal"],
    ["all components", "http://*.spin.internal"],
    ["any scheme and port", "*://web.spin.internal:*"],
  ])("to %s need a host that can chain, and a reader that understands it", (_what, host) => {
    const locked = lockApp(
      app({
        components: [
          component("api", { grants: [grant({ allowedOutboundHosts: [host] })] }),
          component("web"),
        ],
      }),
    );
    expect(locked).toMatchObject({ spin_lock_version: 1, must_understand: ["component_host_requirements"] });
    expect(locked.components.map(({ host_requirements }) => host_requirements)).toEqual([
      { local_service_chaining: "required" },
      undefined,
    ]);
  });

  test.each([
    "https://spin.internal",
    "https://*.example.com",
    "https://web.spin.internal.example",
    "http://self",
    "*://*:*",
  ])("are not what %s is for", (host) => {
    const locked = lockApp(
      app({ components: [component("api", { grants: [grant({ allowedOutboundHosts: [host] })] })] }),
    );
    expect(locked.spin_lock_version).toBe(0);
    expect(locked).not.toHaveProperty("must_understand");
  });
});

describe("variables", () => {
  test.each([
    ["required is not stored: it has no default", { name: "a", required: true, secret: false }, {}],
    [
      "an empty default is a default",
      { name: "a", default: "", required: false, secret: false },
      { default: "" },
    ],
    ["a secret is marked", { name: "a", required: true, secret: true }, { secret: true }],
    [
      "a description is kept",
      { name: "a", required: true, secret: false, description: "d" },
      { description: "d" },
    ],
  ])("%s", (_rule, variable, expected) => {
    expect(lockApp(app({ variables: [variable] })).variables).toEqual({ a: expected });
  });

  test("of the component are its config", () => {
    const grants = [grant({ variables: { b: "{{ x }}" } }), grant({ variables: { a: "text" } })];
    const [locked] = lockApp(app({ components: [component("api", { grants })] })).components;
    expect(locked?.config).toEqual({ a: "text", b: "{{ x }}" });
    expect(Object.keys(locked?.config ?? {})).toEqual(["a", "b"]);
  });
});

test("trigger ids are unique, however routes and components lie", () => {
  const target = fc.oneof(
    fc.constantFrom("api", "web", "http").map((id) => ({ component: id })),
    fc.constant({ staticResponse: { statusCode: 200, headers: {} } }),
  );
  const routes: fc.Arbitrary<RouteDefinition[]> = fc.array(
    target.map((it) => ({ route: "/a", ...it })),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(routes, (list) => {
      const ids = lockApp(
        app({ components: [component("api"), component("web")], routes: list }),
      ).triggers.map(({ id }) => id);
      expect(new Set(ids).size).toBe(list.length);
    }),
  );
});

describe("equal apps lock to equal bytes", () => {
  const one = component("api", {
    environment: { B: "2", A: "1" },
    grants: [
      grant({ keyValueStores: ["b", "a"], variables: { y: "1", x: "2" } }),
      grant({ allowedOutboundHosts: ["https://b.example", "https://a.example"] }),
    ],
  });
  const other = component("api", {
    environment: { A: "1", B: "2" },
    grants: [
      grant({ allowedOutboundHosts: ["https://a.example", "https://b.example"] }),
      grant({ variables: { x: "2", y: "1" }, keyValueStores: ["a", "b"] }),
    ],
  });

  test("whatever the order of grants, entries and keys", () => {
    expect(JSON.stringify(lockApp(app({ components: [one] })))).toBe(
      JSON.stringify(lockApp(app({ components: [other] }))),
    );
  });

  test("whatever a grant is for", () => {
    const explained = {
      ...one,
      grants: one.grants.map((it) => ({ ...it, reason: "canary", owner: "canary" })),
    };
    expect(JSON.stringify(lockApp(app({ components: [explained] })))).toBe(
      JSON.stringify(lockApp(app({ components: [one] }))),
    );
  });

  test("wherever the binary lies, since its digest says what it is", () => {
    const moved = { ...one, source: "elsewhere/a.wasm" };
    expect(JSON.stringify(lockApp(app({ components: [moved] })))).toBe(
      JSON.stringify(lockApp(app({ components: [one] }))),
    );
  });
});

describe("lockedAppDigest", () => {
  const locked = lockApp(
    app({ components: [component("api", { grants: [grant({ keyValueStores: ["default"] })] })] }),
  );

  test("is sha256: and lower-case hex", () => {
    expect(lockedAppDigest(locked)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("of {} is that of its two bytes", () => {
    expect(lockedAppDigest({})).toBe(
      "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    );
  });

  test("does not depend on the order of keys, at any depth", () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, member]) => [key, reversed(member)]),
      );
    };
    expect(lockedAppDigest(reversed(locked) as typeof locked)).toBe(lockedAppDigest(locked));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(lockedAppDigest(reversed(value) as never)).toBe(lockedAppDigest(value as never));
      }),
    );
  });

  test.each([
    ["the binary", app({ components: [component("api", { digest: `sha256:${"cd".repeat(32)}` })] })],
    ["a grant", app({ components: [component("api", { grants: [grant({ keyValueStores: ["other"] })] })] })],
    ["the environment", app({ components: [component("api", { environment: { A: "1" } })] })],
    ["a route", app({ components: [component("api")], routes: [{ route: "/", component: "api" }] })],
    ["the name", app({ name: "other", components: [component("api")] })],
  ])("depends on %s", (_what, changed) => {
    expect(lockedAppDigest(lockApp(changed))).not.toBe(
      lockedAppDigest(lockApp(app({ components: [component("api")] }))),
    );
  });
});

describe("canonicalJson", () => {
  test.each([
    ["keys by code units, not by a language", { "\u00e4": 1, z: 2, Z: 3 }, '{"Z":3,"z":2,"\u00e4":1}'],
    ["lists in their own order", [3, 1, 2], "[3,1,2]"],
    ["nothing for members that are undefined", { a: undefined, b: null }, '{"b":null}'],
    ["keys at every depth", { b: [{ d: 1, c: 2 }], a: {} }, '{"a":{},"b":[{"c":2,"d":1}]}'],
  ])("writes %s", (_what, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });
});
