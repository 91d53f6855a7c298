import { type CliContext, cliImports } from "./cli/index.ts";
import { clocksImports } from "./clocks.ts";
import { filesystemImports } from "./filesystem.ts";
import { httpImports, type SendRequest } from "./http/index.ts";
import { ioImports } from "./io/index.ts";
import type { HostImports } from "./offer.ts";
import { randomImports } from "./random.ts";
import { socketsImports } from "./sockets.ts";

export interface WasiContext extends CliContext {
  send: SendRequest;
  onSocketRefused: (witInterface: string, target: string) => void;
  /** Aborts when the instance is done. */
  ended: AbortSignal;
  /** Rejects when the request that the instance works for is given up: whatever waits becomes a trap. */
  cancelled: Promise<never>;
}

/** WASI 0.2 for one instance. */
export function wasiImports(context: WasiContext): HostImports {
  return {
    ...ioImports(),
    ...clocksImports(context.cancelled),
    ...randomImports(),
    ...cliImports(context),
    ...filesystemImports(),
    ...socketsImports(context.onSocketRefused),
    ...httpImports(context.send, context.ended, context.cancelled),
  };
}
