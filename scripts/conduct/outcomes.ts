import { relative } from "node:path";
import { checkout } from "../bootstrap/paths.mjs";
import type { JestReport } from "../test/results.ts";
import type { Outcome } from "./page.ts";

/** Looks outcomes up in a report: the title, in its file, below a describe that bears the front end's name. */
export function outcomesOf({ testResults }: JestReport): Outcome {
  const results = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((result) => ({ ...result, file: relative(checkout, name) })),
  );
  return ({ title, file }, frontEnd) => {
    const found = results.filter(
      (result) =>
        result.file === file &&
        [...result.ancestorTitles, result.title].includes(title) &&
        result.ancestorTitles.includes(frontEnd),
    );
    if (found.length === 0) return undefined;
    return found.every(({ status }) => status === "passed") ? "passed" : "failed";
  };
}
