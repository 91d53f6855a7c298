import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Leaves word, for control processes that are just being started, that the host was stopped. */
export function noteStop(stateDir: string): void {
  try {
    writeFileSync(join(stateDir, "stopped"), "", { mode: 0o600 });
  } catch (error) {
    // A full disk must not keep the host from ending.
    console.error("the stop could not be noted:", error);
  }
}

/** Whether the host was stopped after `timeMs`: the stop counts for a process that was launched before it, too. */
export function wasStoppedSince(stateDir: string, timeMs: number): boolean {
  const note = statSync(join(stateDir, "stopped"), { throwIfNoEntry: false });
  // A note from the future is of a clock that was set back, and says nothing.
  return note !== undefined && note.mtimeMs > timeMs && note.mtimeMs <= Date.now();
}
