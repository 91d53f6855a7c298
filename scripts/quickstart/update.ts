import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../bootstrap/failure.mjs";
import { type PulumiRun, runPulumi } from "./run-pulumi.ts";
import type { Workspace } from "./workspace.ts";

/** How many resources each kind of step concerned, in Pulumi's words: `{ create: 3, same: 5 }`. */
export type Changes = Record<string, number>;

interface EngineEvent {
  summaryEvent?: { resourceChanges?: Changes };
  diagnosticEvent?: { severity: string; message: string };
}

/**
 * `pulumi up` with Pulumi's own preview and update shown as they are. What happened to the deployment behind
 * Pulumi's back is looked at first (--refresh). Throws a Failure that adds the next step when it does not
 * succeed.
 */
export async function update(workspace: Workspace, { descriptor }: { descriptor: 1 | 2 }): Promise<Changes> {
  const log = join(workspace.dir, "events.json");
  const args = [
    "up",
    "--yes",
    "--refresh",
    "--stack",
    workspace.stack,
    "--suppress-permalink=true",
    "--event-log",
    log,
  ];
  // --event-log is one of the commands for debugging; the Automation API reads its results from there as
  // well.
  const environment = { PULUMI_DEBUG_COMMANDS: "true" };
  const { exitCode, events } = await runLogged(
    workspace,
    args,
    { output: "show", descriptor, environment },
    log,
  );
  if (exitCode !== 0) {
    const errors = events.flatMap(({ diagnosticEvent }) =>
      diagnosticEvent?.severity === "error" ? [diagnosticEvent.message] : [],
    );
    throw new Failure(
      `pulumi up ended with exit code ${exitCode}; its lines above say why.`,
      nextStep(errors.join("\n")),
    );
  }
  return (
    events.findLast(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges ?? {}
  );
}

async function runLogged(
  workspace: Workspace,
  args: string[],
  run: PulumiRun,
  log: string,
): Promise<{ exitCode: number; events: EngineEvent[] }> {
  try {
    const { exitCode } = await runPulumi(workspace, args, run);
    return { exitCode, events: readEvents(log) };
  } finally {
    rmSync(log, { force: true });
  }
}

/** Whether an update did something. */
export function hasChanges(changes: Changes): boolean {
  return Object.entries(changes).some(([kind, count]) => kind !== "same" && kind !== "refresh" && count > 0);
}

function nextStep(errors: string): string {
  if (/EADDRINUSE|PORT_IN_USE|in use/i.test(errors))
    return "Free that port, or take another one: npm start -- --port 3001.";
  if (/ENOSPC|no space left/i.test(errors))
    return "Free some space, then run npm start again, which goes on from here.";
  return "Correct that and run npm start again, which goes on from here.";
}

function readEvents(file: string): EngineEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as EngineEvent);
}
