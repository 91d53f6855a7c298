import type { Configuration } from "./configuration.ts";

/** What a handler knows of the world besides its inputs. Front ends make it; definitions ask no clock and no process. */
export interface Context {
  /** The Pulumi project's folder (its `main`): relative paths in inputs start here. */
  projectDir: string;
  /** The provider's own settings. */
  configuration: Configuration;
  /** A line for the person who runs `pulumi up`. */
  log(message: string, severity?: LogSeverity): void;
  /** Aborts when Pulumi cancels the operation or its time is up: long work gives up then. */
  signal: AbortSignal;
  /** The present moment. */
  now(): Date;
}

export type LogSeverity = "info" | "warning" | "error";

/** A context with the machine's clock, no settings, and a signal that never aborts, unless others are given. */
export function contextOf(
  given: Pick<Context, "projectDir" | "log"> & Partial<Pick<Context, "configuration" | "signal" | "now">>,
): Context {
  return { configuration: {}, signal: new AbortController().signal, now: () => new Date(), ...given };
}
