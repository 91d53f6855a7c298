/**
 * The admin API of the bundled host: JSON over HTTP on a Unix socket (mode 0600).
 *
 *   GET    /v1/status                             → HostStatus
 *   HEAD   /v1/blobs/{digest}                     → 200 | 404
 *   PUT    /v1/blobs/{digest}                     → 201 | 422 when the bytes have another digest
 *   POST   /v1/pull                PullRequest    → PulledApp     the binaries of an artifact become blobs
 *   GET    /v1/apps                               → AppStatus[]
 *   GET    /v1/apps/{app}                         → AppStatus | 404
 *   PUT    /v1/apps/{app}          Deployment     → AppStatus   prepare → health → switch → drain
 *   POST   /v1/apps/{app}/stop | /start           → AppStatus
 *   PUT    /v1/apps/{app}/variables  VariableEdit → AppStatus   an edit behind Pulumi's back: drift
 *   DELETE /v1/apps/{app}?owner=…                 → 204, also when there is none, or another owner's, which stays
 *   GET    /v1/apps/{app}/locked-app              → the locked application of the revision that runs
 *   GET    /v1/apps/{app}/denials                 → Denial[]
 *   GET    /v1/apps/{app}/logs?follow=true        → text/plain, chunked
 *   POST   /v1/shutdown                           → 202
 *
 * Failures are `{ error: AdminError }` with a status of 400 (user), 404, 409 (port in use), 422, 500 (bug).
 */
import type { Code, Fault } from "../../model/errors/index.ts";
import type { Json } from "../../model/json.ts";
import type { Credential } from "../../registry/credentials/index.ts";
import type { GivenLimits } from "./limits.ts";

/** An artifact to bring from its registry. */
export interface PullRequest {
  /** `registry/repository@sha256:<hex>`. */
  reference: string;
  /** For this pull alone; the host stores it nowhere. Default: anonymous. */
  credential?: Credential;
  /** True: plain HTTP. Default: only for this machine's own addresses. */
  insecure?: boolean;
  /** PEM of authorities that are trusted besides the usual ones. */
  ca?: string;
}

export interface PulledApp {
  /** As the artifact has it; its binaries are blobs now. */
  lockedApp: Deployment["lockedApp"];
}

/** What an app should be on this host. */
export interface Deployment {
  /** Spin's locked application; each component source is `{ digest, content_type }` of a blob uploaded before. */
  lockedApp: { [key: string]: Json };
  /** `host:port`; port 0 asks for a free one, which the app then keeps. */
  listen: string;
  /** Values for application variables, over their defaults. */
  variables: Record<string, string>;
  /** What a revision must answer before it takes over. Default: that its components can be started is enough. */
  health?: HealthCheck;
  /** Of each component; what is left out has the engine's default. */
  limits?: GivenLimits;
  /** Whose the app is from now on, any text; by that name alone it is deleted. Default: as it was, at first nobody's. */
  owner?: string;
  /** `false`: the answer does not wait for the switch, which the host tries until it succeeds. Default: true. */
  waitForReady?: boolean;
}

/** A GET of `path` that must be answered with a status below 400. */
export interface HealthCheck {
  path: string;
  /** How long it may take to become healthy. */
  timeoutMs: number;
}

export interface PastRevision {
  revision: number;
  digest: string;
  /** RFC 3339. */
  deployedAt: string;
}

export interface AppStatus {
  app: string;
  /** What it does, not what it should do: `stopped` as well while `problem` keeps it from running. */
  status: "running" | "stopped";
  /** Grows by one with each deployment; earlier ones are kept for rollback. */
  revision: number;
  /** `sha256:<hex>` of the canonical JSON of the locked application. */
  digest: string;
  url: string;
  /** The address asked for, and the one bound. */
  listen: string;
  address: string;
  variables: Record<string, string>;
  /** Names of the app's variables whose values are secret. */
  secretVariables: string[];
  /** As they were given; what is left out has the engine's default. A host of before there were any says nothing. */
  limits?: GivenLimits;
  /** The revisions that are kept, the present one last. */
  history: PastRevision[];
  /** Why an app that should run does not; the host keeps trying. */
  problem?: AdminError;
}

export interface VariableEdit {
  name: string;
  value: string;
}

/** A call that a component made and was refused. */
export interface Denial {
  component: string;
  /** WIT interface, for example `wasi:http/outgoing-handler`. */
  interface: string;
  /** What was asked for: `https://example.com:443`, a store label, a variable name. */
  target: string;
  /** The grant to add, ready to paste: `allowedOutboundHosts: ["https://example.com"]`. */
  grant: string;
  count: number;
  /** RFC 3339. */
  lastAt: string;
}

export interface HostStatus {
  version: string;
  stateDir: string;
  controlPid: number;
  enginePid: number | undefined;
  apps: number;
}

export interface AdminError {
  code: Code;
  fault: Fault;
  message: string;
  hint: string;
  path?: string;
}
