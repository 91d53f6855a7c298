/**
 * `npm test`: unit and end-to-end tests, with what they need installed before. `npm test -- unit`, `e2e`, or
 * a pattern of file names narrows. The last line says the truth: `N passed, N failed[, N skipped]`.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { reportFailure } from "./bootstrap/failure.mjs";
import { runDir } from "./bootstrap/paths.mjs";
import { buildDist } from "./dist.ts";
import { ensureCli } from "./pulumi/cli.ts";
import { type Project, runJest } from "./test/jest.ts";
import { addUp, type Counts, judge, summaryLine } from "./test/results.ts";

export async function main({ args }: { args: string[] }): Promise<number> {
  const reportDir = join(runDir, "test");
  rmSync(reportDir, { recursive: true, force: true });
  mkdirSync(reportDir, { recursive: true });
  const { projects, patterns } = select(args);
  const counts: Counts[] = [];
  const ready = await prepare(projects, counts);
  const isAlone = ready.length === 1;
  // Unit tests keep a core busy, end-to-end tests mostly wait: side by side they fit two cores.
  counts.push(
    ...(await Promise.all(ready.map((project) => runJest(project, { patterns, reportDir, isAlone })))),
  );
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
  if (
    !projects.includes("e2e") ||
    (await attempt("getting the Pulumi CLI", () => ensureCli({ languages: true })))
  )
    return projects;
  return projects.filter((project) => project !== "e2e");
}

function select(args: string[]): { projects: Project[]; patterns: string[] } {
  const isProject = (word: string): word is Project => word === "unit" || word === "e2e";
  const named = args.filter(isProject);
  return {
    projects: named.length > 0 ? named : ["unit", "e2e"],
    patterns: args.filter((word) => !isProject(word)),
  };
}

function isCi(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false"].includes(value);
}
