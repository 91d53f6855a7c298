import type { Configuration } from "../definition/configuration.ts";
import type { EngineLog } from "./engine-log.ts";

/** What one plugin process knows: an explicit provider of a program has a process of its own. */
export interface Session {
  log: EngineLog;
  configuration: Configuration;
  /** Of each call that is being answered. */
  readonly open: Set<AbortController>;
}

export function openSession(log: EngineLog): Session {
  return { log, configuration: {}, open: new Set() };
}
