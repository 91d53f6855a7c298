/**
 * Between the control process and the engine process: JSON over HTTP on `engine.sock` (mode 0600) in the state directory.
 * The engine knows no history: control tells it what should run, again and whole after either of them was restarted.
 *
 *   GET    /v1/status                                       → EngineStatus
 *   PUT    /v1/apps/{app}/revisions/{revision} EngineRevision → 204   prepare: verify, compile, link, instantiate once, ask its health
 *   POST   /v1/apps/{app}/active               { revision }   → { address }   switch; the former revision drains
 *   PUT    /v1/apps/{app}/variables            Record<string, string> → 204   live, without a new revision
 *   GET    /v1/apps/{app}/denials                            → Denial[]
 *   DELETE /v1/apps/{app}                                    → 204   stop listening, drain, forget
 *   GET    /v1/leash                                         → a response that never ends: each side sees the other die
 *   POST   /v1/shutdown  { controlPid? }                     → 202   drain all, exit 0, and other control processes with it
 *
 * Failures are `{ error: AdminError }` as in the admin API.
 */
import type { Json } from "../../model/json.ts";
import type { GivenLimits } from "../admin/limits.ts";
import type { HealthCheck } from "../admin/protocol.ts";

export interface EngineRevision {
  lockedApp: { [key: string]: Json };
  /** `host:port`; port 0 asks for a free one. */
  listen: string;
  variables: Record<string, string>;
  /** Asked of the revision before it can be activated. */
  health?: HealthCheck;
  /** Of each component; what is left out has its default. */
  limits?: GivenLimits | undefined;
}

export interface EngineApp {
  app: string;
  revision: number;
  /** The bound `host:port`. */
  address: string;
}

export interface EngineStatus {
  version: string;
  pid: number;
  apps: EngineApp[];
}
