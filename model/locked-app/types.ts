/** Spin's locked application (crates/locked-app/src/locked.rs), in its own keys. Type aliases, so that each is also Json. */
import type { Json } from "../json.ts";
import type { ContentRef, LockedFile } from "./content.ts";

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
  /** By role. Those of a trigger with a component are moved to the component. */
  trigger_dependencies?: Record<string, LockedDependency[]>;
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
    /** The trigger type that knows how to compose the component with its trigger dependencies. */
    "resolve-trigger-dependencies-using"?: string;
  };
  source: LockedSource;
  env?: Record<string, string>;
  files?: LockedFile[];
  /** Variable name that the component sees → template. */
  config?: Record<string, string>;
  dependencies?: Record<string, LockedDependency>;
  trigger_dependencies?: Record<string, LockedDependency[]>;
  host_requirements?: Record<string, "required">;
};

export type LockedSource = { content_type: "application/wasm" } & ContentRef;

export type LockedDependency = {
  source: LockedSource;
  export: string | null;
  /** Left out when nothing is inherited. */
  inherit?: "All" | { Some: string[] };
};
