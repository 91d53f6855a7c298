import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../bootstrap/paths.mjs";
import type { Counts, JestReport } from "../test/results.ts";
import { outcomesOf } from "./outcomes.ts";
import { renderConduct } from "./page.ts";
import { rows } from "./rows.ts";
import { readTitles } from "./titles.ts";

/** Holds docs/provider-conduct.md against a run of all tests; what the run says is in the report's folder. */
export function judgeConduct(reportDir: string): Counts {
  const none: Counts = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
  const reports = ["unit", "e2e"].map((project) => join(reportDir, `${project}.json`));
  // That there is none is a failure of the run already.
  if (!reports.every((report) => existsSync(report))) return none;
  const outcome = outcomesOf(
    ...reports.map((report) => JSON.parse(readFileSync(report, "utf8")) as JestReport),
  );
  const page = renderConduct(rows, readTitles(), outcome);
  writeFileSync(join(reportDir, "provider-conduct.md"), page);
  if (page === readFileSync(join(checkout, "docs", "provider-conduct.md"), "utf8")) return none;
  const says = `docs/provider-conduct.md does not say what was run: ${join(reportDir, "provider-conduct.md")}`;
  return { ...none, failed: 1, failures: [says] };
}
