import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { checkout } from "../bootstrap/paths.mjs";
import { startProgress } from "../bootstrap/progress.mjs";
import { passSignals } from "../bootstrap/signals.mjs";
import { countReport, type Counts, type JestReport } from "./results.ts";

/** The projects of jest.config.mjs. */
export const projectNames = ["unit", "e2e", "kubernetes"] as const;
export type Project = (typeof projectNames)[number];

// Deadlines for tests that hang; no test asserts a time.
const timeoutsMs: Record<Project, number> = { unit: 30_000, e2e: 300_000, kubernetes: 120_000 };

export interface JestRun {
  patterns: string[];
  reportDir: string;
  /** Its output is shown as it comes; beside another run it is shown as one block at its end. */
  isAlone: boolean;
}

/** Runs one project and counts what its report says. A run without a report is one failure. */
export async function runJest(project: Project, { patterns, reportDir, isAlone }: JestRun): Promise<Counts> {
  const report = join(reportDir, `${project}.json`);
  const args = [
    // ESM in Jest; jest-worker hands it on to its workers.
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    join(checkout, "node_modules", "jest", "bin", "jest.js"),
    `--selectProjects=${project}`,
    `--testTimeout=${timeoutsMs[project]}`,
    "--json",
    `--outputFile=${report}`,
    "--passWithNoTests",
    ...(project !== "unit" ? ["--runInBand"] : isAlone ? [] : ["--maxWorkers=1"]),
    ...patterns,
  ];
  const exitCode = await (isAlone ? showRun(args) : blockRun(project, args));
  if (!existsSync(report)) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [`${project}: jest ended with exit code ${exitCode} and no results`],
      skips: [],
    };
  }
  return countReport(project, JSON.parse(readFileSync(report, "utf8")) as JestReport);
}

function showRun(args: string[]): Promise<number> {
  return waitFor(start(args, "inherit"));
}

async function blockRun(project: Project, args: string[]): Promise<number> {
  const progress = startProgress(`Running the ${project} tests`);
  const child = start(args, "pipe");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
  const exitCode = await waitFor(child);
  progress.done();
  process.stdout.write(output);
  return exitCode;
}

function start(args: string[], output: "inherit" | "pipe"): ReturnType<typeof spawn> {
  return spawn(process.execPath, args, {
    cwd: checkout,
    env: testEnvironment(),
    stdio: ["ignore", output, output],
  });
}

async function waitFor(child: ReturnType<typeof spawn>): Promise<number> {
  const signals = passSignals(child);
  return new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  }).finally(() => signals.stop());
}

/** No setting of the shell changes what the tests see. */
function testEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:PULUMI_|SPIN_|NODE_OPTIONS$|NODE_ENV$)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) };
}
