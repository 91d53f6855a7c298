/**
 * `npm run check`: everything about the repository that can be told without running it. All findings are
 * shown.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { isFailure } from "./bootstrap/failure.mjs";
import { checkout } from "./bootstrap/paths.mjs";
import { buildDist } from "./dist.ts";
import { staleFiles } from "./generate.ts";

interface Check {
  name: string;
  /** What is wrong, as the tool says it; empty when all is well. */
  run(): Promise<string>;
}

const bin = (name: string): string => join(checkout, "node_modules", ".bin", name);
/** What was checked and did not change since is not checked again. */
const typesCache = join(checkout, "node_modules", ".cache", "types.tsbuildinfo");
const hasTypeAwareRules = existsSync(join(checkout, "node_modules", "oxlint-tsgolint"));

const checks: Check[] = [
  {
    name: "types",
    run: () =>
      tool(bin("tsc"), ["--noEmit", "-p", "tsconfig.json", "--incremental", "--tsBuildInfoFile", typesCache]),
  },
  {
    name: "lint",
    run: () => tool(bin("oxlint"), ["--deny-warnings", ...(hasTypeAwareRules ? ["--type-aware"] : [])]),
  },
  { name: "format", run: () => tool(bin("oxfmt"), ["--check"]) },
  { name: "dead code", run: () => tool(bin("knip"), ["--no-progress"]) },
  { name: "package", run: () => tool(bin("publint"), ["--strict"]) },
  {
    name: "generated files",
    run: async () => (await staleFiles()).map(({ file }) => `${file} is stale: npm run generate\n`).join(""),
  },
];

export async function main(): Promise<number> {
  // The package is checked as it is published, and its tests run against it: compiled.
  const results = [await timed({ name: "dist", run: compile })];
  const waiting = [...checks];
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
      results.push(await timed(check));
  };
  await Promise.all([worker(), worker()]);
  const failed = results.filter((passed) => !passed).length;
  process.stdout.write(
    failed === 0
      ? `All ${results.length} checks passed.\n`
      : `${failed} of ${results.length} checks failed.\n`,
  );
  return failed === 0 ? 0 : 1;
}

async function timed({ name, run }: Check): Promise<boolean> {
  const startedAt = performance.now();
  const findings = await run();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${findings === "" ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`);
  if (findings !== "") process.stdout.write(`${findings.trimEnd()}\n\n`);
  return findings === "";
}

async function compile(): Promise<string> {
  try {
    await buildDist();
    return "";
  } catch (error) {
    if (isFailure(error)) return error.message;
    throw error;
  }
}

async function tool(command: string, args: string[]): Promise<string> {
  const { exitCode, all } = await execa(command, args, {
    cwd: checkout,
    all: true,
    reject: false,
    stdin: "ignore",
  });
  return exitCode === 0 ? "" : all || `${command} ended with exit code ${exitCode}`;
}
