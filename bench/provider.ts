/** What this package costs a Pulumi program, beside Pulumi's own minimal dynamic resource, on a real engine. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "../runtime/admin/client.ts";
import { checkout, runDir } from "../scripts/bootstrap/paths.mjs";
import { buildDist } from "../scripts/dist.ts";
import { ensureCli } from "../scripts/pulumi/cli.ts";
import { runPulumi } from "../scripts/quickstart/run-pulumi.ts";
import { hostDir, openWorkspace, type Workspace } from "../scripts/quickstart/workspace.ts";
import { ours, theirs } from "./provider-programs.ts";
import { renderTable } from "./render-table.ts";

export interface Ratio {
  name: string;
  ms: number;
  /** What it is held against; `undefined` for a bare number. */
  against?: { name: string; ms: number };
  /** The most that the ratio, or without one the milliseconds, should be. */
  limit: number;
}

const rounds = 3;

export async function benchProvider(): Promise<Ratio[]> {
  await buildDist();
  const cli = await ensureCli();
  mkdirSync(join(runDir, "test"), { recursive: true });
  const dir = mkdtempSync(join(runDir, "test", "bench-"));
  const open = (name: string, program: string): Workspace => {
    const projectDir = join(dir, name, "program");
    mkdirSync(projectDir, { recursive: true });
    writeFileSync(join(projectDir, "Pulumi.yaml"), "name: bench\nruntime: nodejs\n");
    writeFileSync(join(projectDir, "package.json"), '{ "type": "module", "main": "index.ts" }');
    writeFileSync(join(projectDir, "index.ts"), program);
    return openWorkspace(cli, { projectDir, dir: join(dir, name) });
  };
  try {
    const stacks = {
      empty: open("empty", "export {};"),
      minimal: open("minimal", theirs(100)),
      hundred: open("hundred", ours(100)),
      thousand: open("thousand", ours(1000)),
    };
    for (const stack of Object.values(stacks)) await create(stack);
    const previews = await fastestPreviews(stacks);
    const deployed = await hostWork(open("deployed", ours(100, { deploy: true })));
    const each = (previews.hundred - previews.empty) / 100;
    const eachOfMany = (previews.thousand - previews.hundred) / 900;
    return [
      {
        name: "no-change preview of 100 resources",
        ms: previews.hundred,
        against: { name: "100 minimal dynamic resources", ms: previews.minimal },
        limit: 1.25,
      },
      {
        name: "each resource of 1,000",
        ms: eachOfMany,
        against: { name: "each of 100", ms: each },
        limit: 1.3,
      },
      { name: "the host's part of an up with one changed route", ms: deployed, limit: 300 },
      { ...(await importTimes()), limit: 1.3 },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

export function renderProvider(rows: readonly Ratio[]): string {
  const cells = rows.map(({ name, ms, against, limit }) => {
    const [value, most] = against === undefined ? [ms, `${limit} ms`] : [ms / against.ms, `${limit}×`];
    const held = against === undefined ? "" : `${against.name}: ${against.ms.toFixed(1)} ms`;
    return [name, ms.toFixed(1), held, against === undefined ? "" : `${value.toFixed(2)}×`, `≤ ${most}`];
  });
  return renderTable(["work", "ms", "against", "ratio", "should be"], cells);
}

async function create(workspace: Workspace): Promise<void> {
  // A file backend writes the whole state after each step: of a thousand resources that would be all one waits for.
  Object.assign(workspace.environment, { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" });
  await must(workspace, "stack", "init");
  await must(workspace, "up", "--yes", "--skip-preview");
}

/** By turns, so that a busy moment of the machine does not fall on one of them alone. */
async function fastestPreviews<Name extends string>(
  stacks: Record<Name, Workspace>,
): Promise<Record<Name, number>> {
  const best = {} as Record<Name, number>;
  for (let round = 0; round < rounds; round++) {
    for (const [name, workspace] of Object.entries(stacks) as [Name, Workspace][]) {
      const start = performance.now();
      await must(workspace, "preview", "--expect-no-changes");
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, performance.now() - start);
    }
  }
  return best;
}

/** The same deployments that an update asks for, to a host that runs: what changes is one route, each time. */
async function hostWork(workspace: Workspace): Promise<number> {
  await create(workspace);
  const client = await connect({ stateDir: hostDir(workspace.dir), start: true });
  try {
    const { listen, variables } = await client.mustGetApp("app0");
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round++) {
      const lockedApp = await client.lockedApp("app0");
      const [trigger] = lockedApp["triggers"] as { trigger_config: { route: string } }[];
      if (trigger !== undefined) trigger.trigger_config.route = `/changed/${round}`;
      const start = performance.now();
      await client.deploy("app0", { lockedApp, listen, variables });
      best = Math.min(best, performance.now() - start);
    }
    return best;
  } finally {
    await client.shutdown();
  }
}

/** Of a process that does nothing else; by turns as well. */
async function importTimes(): Promise<Omit<Ratio, "limit">> {
  const time = (name: string): number => {
    const script = `const start = performance.now(); await import(${JSON.stringify(name)}); console.log(performance.now() - start)`;
    return Number(
      execFileSync(process.execPath, ["--input-type=module", "-e", script], {
        cwd: checkout,
        encoding: "utf8",
      }),
    );
  };
  let [own, sdk] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 7; round++) {
    sdk = Math.min(sdk, time("@pulumi/pulumi"));
    own = Math.min(own, time("pulumi-spin"));
  }
  return { name: "import of pulumi-spin", ms: own, against: { name: "of @pulumi/pulumi alone", ms: sdk } };
}

async function must(workspace: Workspace, ...args: string[]): Promise<void> {
  const command = [...args, ...(args[0] === "stack" ? [workspace.stack] : ["--stack", workspace.stack])];
  const { exitCode, stdout, stderr } = await runPulumi(workspace, [...command, "--non-interactive"], {
    output: "capture",
  });
  if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")}: ${stdout}${stderr}`);
}
