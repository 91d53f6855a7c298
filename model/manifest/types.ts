/** spin.toml, version 2, in its own keys (crates/manifest/src/schema/v2.rs). */
import type { Json } from "../json.ts";

export interface Manifest {
  spin_manifest_version: 2;
  application: ManifestApplication;
  variables?: Record<string, ManifestVariable>;
  trigger: Record<string, ManifestTrigger[]>;
  component?: Record<string, ManifestComponent>;
}

export interface ManifestApplication {
  name: string;
  version?: string;
  description?: string;
  authors?: string[];
}

export interface ManifestVariable {
  description?: string;
  required?: boolean;
  default?: string;
  secret?: boolean;
}

/** Keys besides `id` and `component` are the trigger type's own. */
export interface ManifestTrigger {
  id?: string;
  component?: string;
  [setting: string]: Json | undefined;
}

export interface ManifestComponent {
  source: string | { url: string; digest: string };
  description?: string;
  variables?: Record<string, string>;
  environment?: Record<string, string>;
  files?: (string | { source: string; destination: string })[];
  allowed_outbound_hosts?: string[];
  key_value_stores?: string[];
  sqlite_databases?: string[];
  ai_models?: string[];
  build?: { command: string | string[]; workdir?: string; watch?: string[] };
}
