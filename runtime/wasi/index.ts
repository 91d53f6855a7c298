import { type CliContext, cliImports } from "./cli/index.ts";
import { clocksImports } from "./clocks.ts";
import { filesystemImports } from "./filesystem.ts";
import { httpImports, type SendRequest } from "./http/index.ts";
import { ioImports } from "./io/index.ts";
import type { HostImports } from "./offer.ts";
import { randomImports } from "./random.ts";
import type { RequestScope } from "./request-scope.ts";
import { socketsImports } from "./sockets.ts";

export interface WasiContext extends CliContext {
  send: SendRequest;
  onSocketRefused: (witInterface: string, target: string) => void;
  scope: RequestScope;
}

/** WASI 0.2 for one instance. */
export function wasiImports(context: WasiContext): HostImports {
  return {
    ...ioImports(),
    ...clocksImports(context.scope),
    ...randomImports(context.scope),
    ...cliImports(context),
    ...filesystemImports(),
    ...socketsImports(context.onSocketRefused),
    ...httpImports(context.send, context.scope),
  };
}
