import type { Context } from "../definition/context.ts";
import { connectLog, type EngineLog } from "../plugin/engine-log.ts";

let engine: EngineLog | undefined;

/** Lines for the person at the terminal: through Pulumi, which shows them with the resource; without it, printed. */
export function logTo(urn?: string): Context["log"] {
  return (message, severity = "info") => {
    const log = engineLog();
    if (log === undefined) console.log(message);
    else if (severity === "info") log.info(message, urn);
    else if (severity === "warning") log.warn(message, urn);
    else log.error(message, urn);
  };
}

/** Resolves when Pulumi has every line so far. */
export async function flushed(): Promise<void> {
  await engine?.flushed();
}

/** Pulumi starts a dynamic provider with the engine's address as the last argument. */
function engineLog(address = process.argv.at(-1) ?? ""): EngineLog | undefined {
  if (engine === undefined && /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(address))
    engine = connectLog(address);
  return engine;
}
