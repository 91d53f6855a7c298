import { freePort } from "../../scripts/debian/free-port.ts";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type HostClient } from "../../runtime/admin/client.ts";
import { checkout, runDir } from "../../scripts/bootstrap/paths.mjs";
import { ensureCli } from "../../scripts/pulumi/cli.ts";
import { buildComponents } from "../../scripts/quickstart/components.ts";
import { previewResources } from "../../scripts/quickstart/preview.ts";
import { type PulumiResult, runPulumi } from "../../scripts/quickstart/run-pulumi.ts";
import { ensureStack } from "../../scripts/quickstart/stack.ts";
import { hostDir, openWorkspace, type Workspace } from "../../scripts/quickstart/workspace.ts";

/** A copy of the quickstart with a backend and a host of its own, on a port of its own. */
export interface Quickstart {
  workspace: Workspace;
  origin: string;
  /** Runs a command on the stack and returns what it printed; nothing is asked. */
  pulumi(...args: string[]): Promise<PulumiResult & { output: string }>;
  /** Replaces a text in a file of the copy; fails when the text is not there. */
  edit(file: string, from: string, to: string): void;
  fetch(path: string): Promise<{ status: number; body: string }>;
  host(): Promise<HostClient>;
  /** Stops the host and removes the copy; the processes that were left running. */
  dispose(): Promise<number[]>;
}

/** The copy lies inside the checkout, so that it finds the package as a user's program does. */
export async function openQuickstart(): Promise<Quickstart> {
  mkdirSync(join(runDir, "test"), { recursive: true });
  const dir = mkdtempSync(join(runDir, "test", "e2e-"));
  const projectDir = join(dir, "quickstart");
  const source = join(checkout, "examples", "quickstart");
  cpSync(source, projectDir, {
    recursive: true,
    filter: (path) =>
      !path.includes("node_modules") && !path.includes("cargo") && !/Pulumi\.\w+\.yaml$/.test(path),
  });
  const port = await freePort();
  const workspace = openWorkspace(await ensureCli(), { projectDir, dir });
  await ensureStack(workspace, { listen: `127.0.0.1:${port}` });
  await buildComponents(workspace, await previewResources(workspace), () => {});
  const origin = `http://127.0.0.1:${port}`;
  const stateDir = hostDir(dir);
  return {
    workspace,
    origin,
    async pulumi(...args) {
      const flags = ["--stack", workspace.stack, "--non-interactive"];
      const result = await runPulumi(workspace, [...args, ...flags], { output: "capture" });
      return { ...result, output: `${result.stdout}${result.stderr}` };
    },
    edit(file, from, to) {
      const path = join(projectDir, file);
      const text = readFileSync(path, "utf8");
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
      writeFileSync(
        path,
        text.replace(from, () => to),
      );
    },
    async fetch(path) {
      const response = await fetch(`${origin}${path}`);
      return { status: response.status, body: await response.text() };
    },
    host: () => connect({ stateDir, start: true }),
    async dispose() {
      const left = await stopHost(await connect({ stateDir }));
      rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      return left;
    },
  };
}

/** Stops a host and waits; the processes that were left running. */
export async function stopHost(host: HostClient | undefined): Promise<number[]> {
  if (host === undefined) return [];
  const { controlPid, enginePid } = await host.status();
  await host.shutdown();
  const pids = [controlPid, enginePid].filter((pid) => pid !== undefined);
  for (let poll = 0; poll < 100 && pids.some(isRunning); poll++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return pids.filter(isRunning);
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
