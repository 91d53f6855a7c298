/** spin.toml, version 2, in its own keys (crates/manifest/src/schema/v2.rs, common.rs). */
import type { Json } from "../json.ts";

export interface Manifest {
  spin_manifest_version: 2;
  application: ManifestApplication;
  variables?: Record<string, ManifestVariable>;
  /** Triggers by type; the order of declaration counts. */
  trigger: Record<string, ManifestTrigger[]>;
  component?: Record<string, ManifestComponent>;
}

export interface ManifestApplication {
  name: string;
  version?: string;
  description?: string;
  authors?: string[];
  targets?: Json[];
  /** Settings of a trigger type for all its triggers. */
  trigger?: Record<string, Settings>;
  tool?: Record<string, Settings>;
}

export interface ManifestVariable {
  description?: string;
  required?: boolean;
  default?: string;
  secret?: boolean;
}

/** Keys besides the named ones are the trigger type's own. */
export interface ManifestTrigger {
  id?: string;
  /** Component id, or the component itself. */
  component?: ComponentSpec;
  components?: Record<string, ComponentSpec | ComponentSpec[]>;
  /** By role, for example `middleware`. */
  dependencies?: Record<string, ManifestDependency[]>;
  [setting: string]: unknown;
}

export type ComponentSpec = string | ManifestComponent;

export type ComponentSource =
  | string
  | { url: string; digest: string }
  | { registry?: string; package: string; version: string };

/** What of its parent's configuration a dependency may use: all, none, or the kinds by their keys in a component. */
export type InheritConfiguration = boolean | string[];

/** What a dependency's forms share. Dependencies of triggers have no `export`. */
interface DependencyOptions {
  export?: string;
  inherit_configuration?: InheritConfiguration;
}

/** A text is a version requirement on the package that the dependency's name says. */
export type ManifestDependency =
  | string
  | (DependencyOptions & { version: string; registry?: string; package?: string })
  | (DependencyOptions & { path: string })
  | (DependencyOptions & { url: string; digest: string })
  | (DependencyOptions & { component: string });

/** What a component is instead, while the profile is chosen. */
export interface ManifestProfile {
  source?: ComponentSource;
  environment?: Record<string, string>;
  dependencies?: Record<string, ManifestDependency>;
  build?: { command: string | string[] };
}

export interface ManifestComponent {
  source: ComponentSource;
  description?: string;
  /** Name that the component sees → template. */
  variables?: Record<string, string>;
  environment?: Record<string, string>;
  files?: (string | { source: string; destination: string })[];
  exclude_files?: string[];
  /** Deprecated by Spin: `allowed_outbound_hosts` has its place. */
  allowed_http_hosts?: string[];
  allowed_outbound_hosts?: string[];
  key_value_stores?: string[];
  sqlite_databases?: string[];
  ai_models?: string[];
  targets?: Json[];
  build?: { command: string | string[]; workdir?: string; watch?: string[] };
  tool?: Record<string, Settings>;
  dependencies_inherit_configuration?: boolean;
  dependencies?: Record<string, ManifestDependency>;
  profile?: Record<string, ManifestProfile>;
}

type Settings = { [key: string]: Json };
