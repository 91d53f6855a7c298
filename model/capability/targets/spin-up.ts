/** `spin up` by release: spinframework/spin at the tags v2.7.0, v3.6.3 and v4.0.2, and at HEAD of 2026-08 for 4.1. */
import { at, spin2, spin36, spin40, spin41 } from "./interfaces.ts";
import type { Target } from "./types.ts";

/** crates/http/src/trigger.rs and crates/trigger-redis/src: what the triggers of all releases look for. */
const http = [
  ...at("0.2", "wasi:http/incoming-handler"),
  "wasi:http/incoming-handler@0.2.0-rc-2023-10-18",
  "wasi:http/incoming-handler@0.2.0-rc-2023-11-10",
  "fermyon:spin/inbound-http",
];
const redis = ["fermyon:spin/inbound-redis"];
/** crates/trigger-redis of 4.0 on. */
const asyncRedis = [...redis, "spin:redis/inbound-redis@3.0.0"];

// Trigger plugins can be installed, so no type is refused. No limit is set but by --max-instance-memory.
const common = { refuses: [], takesModules: true, notes: [] } as const;

export const spinUp27: Target = {
  ...common,
  title: "Spin 2.7",
  imports: spin2,
  ...called({ http, redis }),
  // Dependencies came with 3.0, static responses with 3.5 (crates/http/src/config.rs), middleware with 4.1.
  lacks: ["middleware", "component dependencies", "static responses"],
};

export const spinUp36: Target = {
  ...common,
  title: "Spin 3.6",
  imports: spin36,
  ...called({ http: [...http, "wasi:http/handler@0.3.0-rc-2026-01-06"], redis }),
  lacks: ["middleware"],
};

export const spinUp40: Target = {
  ...common,
  title: "Spin 4.0",
  imports: spin40,
  ...called({ http: [...http, "wasi:http/handler@0.3.0-rc-2026-03-15"], redis: asyncRedis }),
  lacks: ["middleware"],
};

export const spinUp41: Target = {
  ...common,
  title: "Spin 4.1",
  imports: spin41,
  ...called({
    http: [...http, "wasi:http/handler@0.3.0-rc-2026-03-15", "wasi:http/handler@0.3"],
    redis: asyncRedis,
  }),
  lacks: [],
};

function called(calls: NonNullable<Target["calls"]>): Pick<Target, "calls" | "exports"> {
  return { calls, exports: Object.values(calls).flat() };
}
