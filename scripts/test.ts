/**
 * `npm test`: unit tests, end-to-end tests and those with Kubernetes, with what they need installed before.
 * `npm test -- unit`, `e2e`, `kubernetes`, or a pattern of file names narrows. The last line says the truth: `N passed, N failed[, N skipped]`.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { reportFailure } from "./bootstrap/failure.mjs";
import { runDir } from "./bootstrap/paths.mjs";
import { judgeConduct } from "./conduct/judge.ts";
import { buildDist } from "./dist.ts";
import { ensureCli } from "./pulumi/cli.ts";
import { kubernetesBinaries } from "./kubernetes/binaries.ts";
import { debianTool } from "./debian/tools.ts";
import { type Project, projectNames, runJest } from "./test/jest.ts";
import { addUp, type Counts, judge, summaryLine } from "./test/results.ts";

export async function main({ args }: { args: string[] }): Promise<number> {
  const reportDir = join(runDir, "test");
  rmSync(reportDir, { recursive: true, force: true });
  mkdirSync(reportDir, { recursive: true });
  const { projects, patterns } = select(args);
  const counts: Counts[] = [];
  const ready = await prepare(projects, counts);
  const isAlone = ready.length === 1;
  const run = (project: Project): Promise<Counts> => runJest(project, { patterns, reportDir, isAlone });
  // Unit tests keep a core busy, end-to-end tests mostly wait: side by side they fit two cores.
  const [waiting, busy] = [ready.filter((it) => it === "e2e"), ready.filter((it) => it !== "e2e")];
  counts.push(...(await Promise.all([inTurn(waiting, run), inTurn(busy, run)])).flat());
  if (ready.includes("e2e") && patterns.length === 0) counts.push(judgeConduct(reportDir));
  const total = judge(addUp(counts), isCi(process.env["CI"]));
  for (const line of total.remarks) process.stdout.write(`${line}\n`);
  process.stdout.write(`${summaryLine(total.counts)}\n`);
  return total.counts.failed === 0 ? 0 : 1;
}

/**
 * What the projects need and does not come from npm. A part that cannot be had is a failure of the tests that
 * need it.
 */
async function prepare(projects: Project[], counts: Counts[]): Promise<Project[]> {
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      reportFailure(error);
      counts.push({ passed: 0, failed: 1, skipped: 0, failures: [what], skips: [] });
      return false;
    }
  };
  if (!(await attempt("compiling the sources", () => buildDist())))
    return projects.filter((project) => project === "unit");
  const needs: Partial<Record<Project, () => Promise<boolean>>> = {
    e2e: () => attempt("getting the Pulumi CLI", () => ensureCli({ languages: true })),
    kubernetes: () =>
      attempt("getting a Kubernetes API server", async () => {
        await ensureCli({ languages: true });
        await debianTool("etcd");
        await kubernetesBinaries();
      }),
  };
  const ready: Project[] = [];
  for (const project of projects) {
    if ((await needs[project]?.()) ?? true) ready.push(project);
  }
  return ready;
}

async function inTurn(projects: Project[], run: (project: Project) => Promise<Counts>): Promise<Counts[]> {
  const counts: Counts[] = [];
  for (const project of projects) counts.push(await run(project));
  return counts;
}

function select(args: string[]): { projects: Project[]; patterns: string[] } {
  const isProject = (word: string): word is Project => (projectNames as readonly string[]).includes(word);
  const named = args.filter(isProject);
  return {
    projects: named.length > 0 ? named : [...projectNames],
    patterns: args.filter((word) => !isProject(word)),
  };
}

function isCi(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value);
}
