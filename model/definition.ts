/**
 * What the resources left of `App` hand to the right: plain JSON, so that the graph works in every Pulumi language
 * and in previews. Keys are the camelCase of Spin's own words.
 */
import type { Json } from "./json.ts";

export interface VariableDefinition {
  name: string;
  /** Exactly one of `default` and `required: true` holds. */
  default?: string;
  required: boolean;
  /** The value is given at deployment and never written into a manifest or an artifact. */
  secret: boolean;
  description?: string;
}

/** A path or glob pattern of the project that keeps its place in the guest, or a file or folder placed elsewhere. */
export type FileMount = string | { source: string; destination: string };

/** What a component or a trigger is composed with. A text is a version requirement on the package of that name. */
export type DependencyDefinition =
  | string
  | ((
      | { version: string; registry?: string; package?: string }
      | { path: string }
      | { url: string; digest: string }
      | { component: string }
    ) & {
      export?: string;
      /** What of its parent's grants it may use: all, none, or the kinds by their keys in spin.toml. Default: none. */
      inheritConfiguration?: boolean | string[];
    });

export type Dependencies = Record<string, DependencyDefinition>;

/** What one component may do. Everything not listed is denied. */
export interface GrantDefinition {
  /** Entries of Spin's `allowed_outbound_hosts` grammar. */
  allowedOutboundHosts: string[];
  /** Store labels. */
  keyValueStores: string[];
  /** Database labels. */
  sqliteDatabases: string[];
  aiModels: string[];
  files: FileMount[];
  /** Name the component sees → template over application variables, for example `{{ greeting }}`. */
  variables: Record<string, string>;
  /** For reviewers: why, who answers for it. */
  reason?: string;
  owner?: string;
  /** The grant's last day, `2027-01-31` in UTC: afterwards it is refused. */
  expires?: string;
}

/** How something is built: by one command, or by several. */
export interface BuildCommands {
  /** A command for the shell, as Spin has it, or a program and its arguments. */
  command?: string | string[];
  /** Commands for the shell, one after the other: a list in spin.toml. */
  commands?: string[];
}

/** Exactly one of `command` and `commands` is there. */
export interface ComponentBuild extends BuildCommands {
  /** Relative to the project. */
  workdir?: string;
  /** Globs relative to `workdir`. */
  watch: string[];
}

/** What a component is instead while Spin is told the profile. Pulumi's own way to vary an app is its program. */
export interface ProfileDefinition extends BuildCommands {
  source?: SourceDefinition;
  environment?: Record<string, string>;
  dependencies?: Dependencies;
}

/** Path of the .wasm relative to the project, POSIX separators; or where it is fetched from. */
export type SourceDefinition =
  | string
  | { url: string; digest: string }
  | { package: string; version: string; registry?: string };

/** An environment that `spin build` holds components against: `spin-up:4.0`, or where its description is. */
export type TargetEnvironment = string | { url: string } | { path: string };

/** Tables of spin.toml whose keys belong to a tool or a trigger type. */
export type Settings = { [key: string]: Json };

export interface ComponentDefinition {
  id: string;
  description?: string;
  source: SourceDefinition;
  build?: ComponentBuild;
  environment: Record<string, string>;
  grants: GrantDefinition[];
  /** Glob patterns of files that no grant hands out. */
  excludeFiles?: string[];
  dependencies?: Dependencies;
  /** The dependencies may use all that the component may. */
  dependenciesInheritConfiguration?: boolean;
  profiles?: Record<string, ProfileDefinition>;
  /** Environments that `spin build` holds the component against. */
  targets?: TargetEnvironment[];
  tool?: Record<string, Settings>;
  /** `sha256:<hex>` of the component binary. */
  digest: string;
  /** Bytes. */
  size: number;
  /** WIT interfaces the binary imports and exports, for example `wasi:http/types@0.2.10`, sorted. */
  imports: string[];
  exports: string[];
}

export interface StaticResponse {
  /** Default: 200. */
  statusCode?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** One `[[trigger.http]]`. */
export interface RouteDefinition {
  id?: string;
  route: string | { private: true };
  /** Component id; exactly one of `component` and `staticResponse` is there. */
  component?: string;
  staticResponse?: StaticResponse;
  /** Ids by role; no trigger of Spin's own looks at them. */
  components?: Record<string, string | string[]>;
  /** Components that requests go through, the outermost first. */
  middleware?: DependencyDefinition[];
  /** How the component is called, where Spin shall not find that out itself. */
  executor?: { type: string; argv?: string; entrypoint?: string };
}

/** One `[[trigger.<type>]]` of any type. */
export interface TriggerDefinition {
  type: string;
  id?: string;
  component?: string;
  /** Ids by role, for a trigger type with several components. */
  components?: Record<string, string | string[]>;
  dependencies?: Record<string, DependencyDefinition[]>;
  /** The keys of the type, in Spin's own words: `channel` for redis. */
  settings?: Settings;
}

export interface AppDefinition {
  name: string;
  version: string;
  description?: string;
  authors: string[];
  variables: VariableDefinition[];
  components: ComponentDefinition[];
  /** HTTP triggers, in the order of declaration. */
  routes: RouteDefinition[];
  /** The others, in the order of declaration. */
  triggers?: TriggerDefinition[];
  /** Order of the trigger types in the manifest, also of those without triggers. Default: http, then as declared. */
  triggerTypes?: string[];
  /** Settings of a trigger type for all its triggers. */
  triggerSettings?: Record<string, Settings>;
  targets?: TargetEnvironment[];
  tool?: Record<string, Settings>;
  /** Spin's locked application; component sources by digest. */
  lockedApp: { [key: string]: Json };
  /** `sha256:<hex>` of the canonical JSON of `lockedApp`: what a deployment runs. */
  digest: string;
}

/** An application in a registry, by digest: what `Artifact` hands to deployments, which take nothing else from there. */
export interface ArtifactDefinition {
  /** `registry/repository@sha256:<hex>`, without a tag: a SpinApp's image, what a host pulls. */
  reference: string;
  /** `sha256:<hex>` of the manifest. */
  digest: string;
  /** Bytes of the manifest and of all that it names. */
  size: number;
  /**
   * What targets are held against, and values of variables. `lockedApp` and `digest` are those of the artifact: content by
   * digest, and composed components where it was composed.
   */
  app: AppDefinition;
}
