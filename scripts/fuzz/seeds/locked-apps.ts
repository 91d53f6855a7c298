/** Locked applications as JSON: a small one, one with all members, and what only looks like one. */
import type { Many } from "../random.ts";

const whole = {
  spin_lock_version: 1,
  must_understand: ["component_host_requirements"],
  metadata: { name: "shop", trigger: { type: "http" }, triggers: { http: {} } },
  variables: { token: { secret: true }, "a\\b": { default: 'x"y\n' } },
  triggers: [
    { id: "http-1", trigger_type: "http", trigger_config: { component: "api", route: "/..." } },
    { id: "http-2", trigger_type: "http", trigger_config: { static_response: { status_code: 404 } } },
    { id: "redis-1", trigger_type: "redis", trigger_config: { component: "api", channel: "c" } },
  ],
  components: [
    {
      id: "api",
      metadata: {
        allowed_outbound_hosts: ["http://b.spin.internal"],
        databases: ["default"],
        ai_models: ["m"],
      },
      source: { content_type: "application/wasm", source: "file:///api.wasm", digest: "sha256:00" },
      env: { "odd\\key": "v", 'q"': "w" },
      files: [{ inline: "YQ", path: "/a" }],
      config: { token: "{{ token }}" },
      dependencies: { "a:b": { source: { content_type: "application/wasm" }, export: null, inherit: "All" } },
      host_requirements: { local_service_chaining: "required", middleware: "optional" },
    },
  ],
};

export const lockedApps: Many<string> = [
  JSON.stringify(whole),
  JSON.stringify(whole, undefined, 2),
  '{"spin_lock_version":0,"metadata":{},"triggers":[],"components":[]}',
  String.raw`[{"x":1,"\\":0},{"x":1,"\n":0},{"x":1,"\"":0},{"x":1,"\u005c\u0022":0}]`,
  String.raw`{"__proto__":{"polluted":true},"constructor":{"prototype":{"\ud800":"\udfff"}}}`,
  String.raw`{"triggers":[null,7,"a",[]],"components":{"length":3},"metadata":[],"variables":"v"}`,
];
