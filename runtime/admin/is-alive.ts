import { readFileSync } from "node:fs";

/** Whether a process runs. One that ended, and whose parent did not ask after it, is gone as well. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // proc(5): a process that only waits to be reaped has an empty command line.
    return process.platform !== "linux" || readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
  } catch {
    return false;
  }
}
