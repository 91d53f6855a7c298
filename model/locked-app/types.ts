/** Spin's locked application (crates/locked-app/src/locked.rs), in its own keys. Type aliases, so that each is also Json. */
import type { Json } from "../json.ts";

export type LockedApp = {
  /** 1 when the reader must understand more than version 0 has. */
  spin_lock_version: 0 | 1;
  must_understand?: string[];
  metadata: { [key: string]: Json };
  variables?: Record<string, LockedVariable>;
  triggers: LockedTrigger[];
  components: LockedComponent[];
};

export type LockedVariable = {
  description?: string;
  /** Without a default the variable is required. */
  default?: string;
  secret?: boolean;
};

export type LockedTrigger = {
  id: string;
  trigger_type: string;
  trigger_config: { [key: string]: Json };
};

export type LockedComponent = {
  id: string;
  metadata?: {
    description?: string;
    allowed_outbound_hosts?: string[];
    key_value_stores?: string[];
    databases?: string[];
    ai_models?: string[];
    build?: { [key: string]: Json };
  };
  source: { content_type: "application/wasm"; digest: string };
  env?: Record<string, string>;
  /** `source` is relative to the project. */
  files?: { source: string; path: string }[];
  /** Variable name that the component sees → template. */
  config?: Record<string, string>;
  host_requirements?: Record<string, "required">;
};
