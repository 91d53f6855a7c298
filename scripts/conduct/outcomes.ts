import { relative } from "node:path";
import { checkout } from "../bootstrap/paths.mjs";
import type { JestReport } from "../test/results.ts";
import type { Outcome } from "./page.ts";

/** Looks outcomes up in reports: the title, in its file, and where it names no front end, below a describe that does. */
export function outcomesOf(...reports: JestReport[]): Outcome {
  const all = reports.flatMap(({ testResults }) => testResults);
  const results = all.flatMap(({ name, assertionResults }) =>
    assertionResults.map((result) => ({ ...result, file: relative(checkout, name) })),
  );
  return ({ title, file, frontEnds }, frontEnd) => {
    const found = results.filter(
      (result) =>
        result.file === file &&
        [...result.ancestorTitles, result.title].includes(title) &&
        (frontEnds.length === 1 || result.ancestorTitles.includes(frontEnd)),
    );
    if (found.length === 0) return undefined;
    return found.every(({ status }) => status === "passed") ? "passed" : "failed";
  };
}
