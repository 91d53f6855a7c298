import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { SpinError } from "../../model/errors/index.ts";
import { storageError } from "./storage-error.ts";

/** What a host makes first: a folder that has one of these is its own. */
const marks = ["logs", "control.lock", "host.db"];

/** Creates the host's folder and its logs, for this user alone. Throws ERR_SPIN_HOST_STATE_DIR, ERR_SPIN_HOST_DISK_FULL. */
export function prepareStateDir(stateDir: string): void {
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const entries = readdirSync(stateDir);
    if (entries.length > 0 && !entries.some((entry) => marks.includes(entry))) {
      // `--state-dir ~` must neither scatter files over a home nor change its mode.
      throw new SpinError(
        "ERR_SPIN_HOST_STATE_DIR",
        `${stateDir} is not empty, and not the folder of a host.`,
        {
          hint: "Name an empty or a new folder with PULUMI_SPIN_HOST_DIR or --state-dir.",
        },
      );
    }
    mkdirSync(join(stateDir, "logs"), { recursive: true, mode: 0o700 });
    chmodSync(stateDir, 0o700);
  } catch (error) {
    throw storageError(error, stateDir);
  }
}
