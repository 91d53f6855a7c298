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

export interface FileMount {
  source: string;
  destination: string;
}

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
}

export interface ComponentBuild {
  command: string[];
  /** Relative to the project. */
  workdir?: string;
  /** Globs relative to `workdir`. */
  watch: string[];
}

export interface ComponentDefinition {
  id: string;
  description?: string;
  /** Path of the .wasm relative to the project, POSIX separators; or where it was fetched from. */
  source: string | { url: string; digest: string };
  build?: ComponentBuild;
  environment: Record<string, string>;
  grants: GrantDefinition[];
  /** `sha256:<hex>` of the component binary. */
  digest: string;
  /** Bytes. */
  size: number;
  /** WIT interfaces the binary imports and exports, for example `wasi:http/types@0.2.10`, sorted. */
  imports: string[];
  exports: string[];
}

export interface StaticResponse {
  statusCode: number;
  headers: Record<string, string>;
  body?: string;
}

/** One `[[trigger.http]]`. */
export interface RouteDefinition {
  route: string | { private: true };
  /** Component id; exactly one of `component` and `staticResponse` is there. */
  component?: string;
  staticResponse?: StaticResponse;
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
  /** Spin's locked application; component sources by digest. */
  lockedApp: { [key: string]: Json };
  /** `sha256:<hex>` of the canonical JSON of `lockedApp`: what a deployment runs. */
  digest: string;
}
