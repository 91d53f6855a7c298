import type { AdminError, AppStatus, PastRevision } from "../admin/protocol.ts";
import type { DesiredApp } from "./store.ts";

/** An app as the admin API shows it; with a problem it does not run, whatever it should do. */
export function describeApp(
  desired: DesiredApp,
  problem: AdminError | undefined,
  history: PastRevision[],
): AppStatus {
  const { app, revision, digest, listen, address, variables, limits, lockedApp } = desired;
  const declared = Object.entries((lockedApp["variables"] ?? {}) as Record<string, { secret?: boolean }>);
  return {
    app,
    status: problem === undefined ? desired.status : "stopped",
    revision,
    digest,
    url: urlOf(address),
    listen,
    address,
    variables,
    secretVariables: declared.filter(([, { secret }]) => secret === true).map(([name]) => name),
    limits,
    history,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** A wildcard address is no destination: on this machine it is loopback. */
function urlOf(address: string): string {
  return `http://${address.replace(/^0\.0\.0\.0:/, "127.0.0.1:").replace(/^\[::\]:/, "[::1]:")}/`;
}
