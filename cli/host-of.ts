import { SpinError } from "../model/errors/index.ts";
import { connect, type HostClient } from "../runtime/admin/client.ts";
import { resolveStateDir } from "../runtime/admin/paths.ts";
import type { CommandLine } from "./command.ts";

/** The running host that a command line names; ERR_SPIN_HOST_NOT_RUNNING when none runs. */
export async function hostOf({ stateDir }: CommandLine): Promise<HostClient> {
  const client = await connect(stateDir === undefined ? {} : { stateDir });
  if (client !== undefined) return client;
  throw new SpinError("ERR_SPIN_HOST_NOT_RUNNING", `No host runs in ${resolveStateDir(stateDir)}.`);
}
