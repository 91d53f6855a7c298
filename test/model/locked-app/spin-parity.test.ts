/** Byte for byte what Spin's loader writes (crates/loader/src/local.rs), less what depends on the machine. */
import { describe, expect, test } from "@jest/globals";
import {
  type AppDefinition,
  type ComponentDefinition,
  type GrantDefinition,
  lockApp,
  lockedAppDigest,
  type Manifest,
} from "../../../model/index.ts";
import { normalizeManifest } from "../../../model/manifest/normalize/index.ts";

const digest = `sha256:${"0".repeat(64)}`;

function grant(parts: Partial<GrantDefinition>): GrantDefinition {
  const nothing = {
    allowedOutboundHosts: [],
    keyValueStores: [],
    sqliteDatabases: [],
    aiModels: [],
    files: [],
    variables: {},
  };
  return { ...nothing, ...parts };
}

function component(id: string, parts: Partial<ComponentDefinition> = {}): ComponentDefinition {
  return {
    id,
    source: `${id}.wasm`,
    environment: {},
    grants: [],
    digest,
    size: 8,
    imports: [],
    exports: [],
    ...parts,
  };
}

function app(parts: Partial<AppDefinition>): Omit<AppDefinition, "lockedApp" | "digest"> {
  return { name: "shop", version: "", authors: [], variables: [], components: [], routes: [], ...parts };
}

describe("lockApp", () => {
  test("writes all there is, in Spin's order", () => {
    const locked = lockApp(
      app({
        version: "1.2.3",
        description: "A shop.",
        authors: ["Ann", "Bob"],
        variables: [
          { name: "token", required: true, secret: true },
          { name: "greeting", default: "hi", required: false, secret: false, description: "said first" },
        ],
        components: [
          component("web", {
            description: "pages",
            environment: { B: "2", A: "1" },
            build: { command: ["npm", "run", "build it"], workdir: "web", watch: ["src/**"] },
            grants: [
              grant({
                allowedOutboundHosts: ["http://api.spin.internal"],
                keyValueStores: ["default"],
                variables: { greeting: "{{ greeting }}" },
              }),
              grant({
                sqliteDatabases: ["db"],
                aiModels: ["llama2-chat"],
                files: [{ source: "static", destination: "assets" }],
              }),
            ],
          }),
          component("api"),
        ],
        routes: [
          { route: "/...", component: "web" },
          { route: { private: true }, component: "api" },
          {
            route: "/robots.txt",
            staticResponse: { statusCode: 200, headers: { "x-b": "2", "x-a": "1" }, body: "none" },
          },
        ],
      }),
      {
        dependency: () => ({}),
        files: (id) => (id === "web" ? [{ source: "static", path: "/assets" }] : []),
      },
    );
    expect(JSON.stringify(locked, undefined, 1)).toBe(JSON.stringify(JSON.parse(expected), undefined, 1));
  });

  test("writes version 0 and nothing that is empty", () => {
    const locked = lockApp(
      app({ components: [component("api")], routes: [{ route: "/", component: "api" }] }),
    );
    expect(JSON.stringify(locked)).toBe(
      '{"spin_lock_version":0,"metadata":{"name":"shop","trigger":{"type":"http"},"triggers":{}},' +
        '"triggers":[{"id":"api-http-trigger","trigger_type":"http","trigger_config":{"component":"api","route":"/"}}],' +
        `"components":[{"id":"api","source":{"content_type":"application/wasm","digest":"${digest}"}}]}`,
    );
  });

  test.each([
    ["http://api.spin.internal", true],
    ["http://*.spin.internal", true],
    ["*://*:*", false],
    ["http://self", false],
    ["http://{{ name }}.spin.internal", false],
    ["https://spin.internal.example", false],
  ])("asks for service chaining when %s is allowed: %s", (host, isNeeded) => {
    const { components, ...locked } = lockApp(
      app({ components: [component("a", { grants: [grant({ allowedOutboundHosts: [host] })] })] }),
    );
    expect(components[0]?.host_requirements).toEqual(
      isNeeded ? { local_service_chaining: "required" } : undefined,
    );
    expect(locked.spin_lock_version).toBe(isNeeded ? 1 : 0);
    expect(locked.must_understand).toEqual(isNeeded ? ["component_host_requirements"] : undefined);
  });

  test("never writes where the project lies, what a grant is for, or when it ran", () => {
    const parts = app({
      components: [
        component("a", { source: "some/where.wasm", grants: [grant({ reason: "why", owner: "who" })] }),
      ],
    });
    expect(JSON.stringify(lockApp(parts))).not.toMatch(/some|why|who|origin|file:/);
  });
});

describe("lockedAppDigest", () => {
  const one = app({ components: [component("a", { environment: { A: "1", B: "2" } })] });

  test("does not depend on the order of keys", () => {
    const other = app({ components: [component("a", { environment: { B: "2", A: "1" } })] });
    expect(lockedAppDigest(lockApp(one))).toBe(lockedAppDigest(lockApp(other)));
    expect(lockedAppDigest(lockApp(one))).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("depends on the bytes of each binary", () => {
    const other = app({
      components: [component("a", { environment: { A: "1", B: "2" }, digest: `sha256:${"1".repeat(64)}` })],
    });
    expect(lockedAppDigest(lockApp(one))).not.toBe(lockedAppDigest(lockApp(other)));
  });
});

describe("trigger ids", () => {
  const ids = (http: Manifest["trigger"][string]): unknown[] => {
    const normal = normalizeManifest({
      spin_manifest_version: 2,
      application: { name: "shop" },
      trigger: { http },
    });
    return (normal.trigger["http"] ?? []).map(({ id }) => id);
  };

  test("follow the component while that is free, then count", () => {
    expect(ids([{ component: "a" }, { component: "a" }, { component: "b" }, {}, { component: "a" }])).toEqual(
      ["a-http-trigger", "http-trigger1", "b-http-trigger", "http-trigger2", "http-trigger3"],
    );
  });

  test("that are given stay, and others keep clear of them wherever they stand", () => {
    expect(ids([{ component: "a" }, {}, { id: "http-trigger1" }, { id: "a-http-trigger" }])).toEqual([
      "http-trigger2",
      "http-trigger3",
      "http-trigger1",
      "a-http-trigger",
    ]);
  });

  test("count for an inline component", () => {
    expect(ids([{ component: { source: "a.wasm" } }])).toEqual(["http-trigger1"]);
  });
});

const expected = `{
  "spin_lock_version": 1,
  "must_understand": ["component_host_requirements"],
  "metadata": {
    "authors": ["Ann", "Bob"],
    "description": "A shop.",
    "name": "shop",
    "trigger": { "type": "http" },
    "triggers": {},
    "version": "1.2.3"
  },
  "variables": {
    "greeting": { "description": "said first", "default": "hi" },
    "token": { "secret": true }
  },
  "triggers": [
    { "id": "web-http-trigger", "trigger_type": "http", "trigger_config": { "component": "web", "route": "/..." } },
    { "id": "api-http-trigger", "trigger_type": "http", "trigger_config": { "component": "api", "route": { "private": true } } },
    { "id": "http-trigger1", "trigger_type": "http", "trigger_config": { "route": "/robots.txt",
      "static_response": { "body": "none", "headers": { "x-a": "1", "x-b": "2" }, "status_code": 200 } } }
  ],
  "components": [
    {
      "id": "web",
      "metadata": {
        "ai_models": ["llama2-chat"],
        "allowed_outbound_hosts": ["http://api.spin.internal"],
        "build": { "command": "npm run 'build it'", "watch": ["src/**"], "workdir": "web" },
        "databases": ["db"],
        "description": "pages",
        "key_value_stores": ["default"]
      },
      "source": { "content_type": "application/wasm", "digest": "${digest}" },
      "env": { "A": "1", "B": "2" },
      "files": [{ "source": "static", "path": "/assets" }],
      "config": { "greeting": "{{ greeting }}" },
      "host_requirements": { "local_service_chaining": "required" }
    },
    { "id": "api", "source": { "content_type": "application/wasm", "digest": "${digest}" } }
  ]
}`;
