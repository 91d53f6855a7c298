import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../bootstrap/failure.mjs";
import { runPulumi } from "./run-pulumi.ts";
import { lockHolders, pendingOperations } from "./stack.ts";
import type { Workspace } from "./workspace.ts";

const pollMs = 500;

export interface RecoverOptions {
  say: (line: string) => void;
  descriptor: 1 | 2;
}

/**
 * Brings a stack that an interrupted run left behind into order: waits for a Pulumi that still works on it,
 * takes the lock of one that was killed, and settles what it had begun, all by Pulumi's own commands.
 */
export async function recoverStack(workspace: Workspace, { say, descriptor }: RecoverOptions): Promise<void> {
  await waitForOthers(workspace, say);
  if (lockHolders(workspace).length > 0) {
    say("An interrupted Pulumi left the stack locked; unlocking it (pulumi cancel).");
    await runPulumi(workspace, ["cancel", "--yes", "--non-interactive", workspace.stack], {
      output: "capture",
    });
  }
  const pending = pendingOperations(workspace);
  if (pending === 0) return;
  say(`An interrupted Pulumi left ${pending} operations open; looking what became of them (pulumi refresh).`);
  const args = [
    "refresh",
    "--yes",
    "--skip-preview",
    "--clear-pending-creates",
    "--non-interactive",
    "--stack",
    workspace.stack,
  ];
  const { exitCode } = await runPulumi(workspace, args, { output: "show", descriptor });
  if (exitCode === 0) return;
  throw new Failure(
    `pulumi refresh ended with exit code ${exitCode}; its lines above say why.`,
    "Correct that and run the command again, which goes on from here.",
  );
}

async function waitForOthers(workspace: Workspace, say: (line: string) => void): Promise<void> {
  let hasSaid = false;
  for (;;) {
    const alive = lockHolders(workspace).find(isRunning);
    if (alive === undefined) return;
    if (!hasSaid) say(`Waiting: another Pulumi (process ${alive}) is at work on this stack …`);
    hasSaid = true;
    await sleep(pollMs);
  }
}

/** Whether a process of that number runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
