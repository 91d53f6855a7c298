/**
 * `npm run stop`: destroys the quickstart's stack, stops the host, and makes sure that no process is left.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../bootstrap/failure.mjs";
import { withLock } from "../bootstrap/lock.mjs";
import { runDir } from "../bootstrap/paths.mjs";
import { buildDist } from "../dist.ts";
import { ensureCli } from "../pulumi/cli.ts";
import { loadHostClient } from "./built-package.ts";
import { isRunning, recoverStack } from "./recover.ts";
import { runPulumi } from "./run-pulumi.ts";
import { hasResources } from "./stack.ts";
import { hostDir, openWorkspace } from "./workspace.ts";

const shutdownPollMs = 100;
const shutdownPolls = 200;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function main(): Promise<number> {
  if (!existsSync(join(runDir, "state")) && !existsSync(hostDir(runDir))) {
    say("There is nothing to stop.");
    return 0;
  }
  mkdirSync(runDir, { recursive: true });
  return withLock(join(runDir, "start.lock"), "the quickstart of this checkout", async () => {
    await buildDist();
    await destroy();
    await stopHost(runDir);
    return 0;
  });
}

async function destroy(): Promise<void> {
  if (!existsSync(join(runDir, "state", ".pulumi", "stacks"))) return;
  const workspace = openWorkspace(await ensureCli());
  if (!hasResources(workspace)) {
    say("The stack is empty.");
    return;
  }
  await recoverStack(workspace, { say, descriptor: 1 });
  const args = ["destroy", "--yes", "--stack", workspace.stack, "--suppress-permalink=true"];
  const { exitCode } = await runPulumi(workspace, args, { output: "show" });
  if (exitCode === 0) return;
  throw new Failure(
    `pulumi destroy ended with exit code ${exitCode}; its lines above say why. The host still runs.`,
    "Correct that and run npm run stop again, which goes on from here.",
  );
}

/** Stops the host of a workspace's folder and waits until its processes are gone. */
export async function stopHost(dir: string): Promise<void> {
  const { connect } = await loadHostClient();
  const host = await connect({ start: false, stateDir: hostDir(dir) });
  if (host === undefined) {
    say("No host is running.");
    return;
  }
  const { controlPid, enginePid } = await host.status();
  await host.shutdown();
  const pids = [controlPid, enginePid].filter((pid) => pid !== undefined);
  for (let poll = 0; poll < shutdownPolls && pids.some(isRunning); poll++) await sleep(shutdownPollMs);
  const left = pids.filter(isRunning);
  if (left.length > 0) {
    throw new Failure(
      `The host was told to stop, but still runs: process ${left.join(" and ")}.`,
      `End it: kill ${left.join(" ")}`,
    );
  }
  say("The host has stopped; no process is left.");
}
