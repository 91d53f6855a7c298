/** What is read of the report that `jest --json` writes. */
export interface JestReport {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; ancestorTitles: string[]; title: string; status: string }[];
  }[];
}

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of what failed and was skipped. */
  failures: string[];
  skips: string[];
}

const skippedStatuses = new Set(["pending", "skipped", "todo", "disabled"]);

/** Counts the tests of one report. A file that could not be run has no tests and counts as one failure. */
export function countReport(project: string, { testResults }: JestReport): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
  for (const { name, status, assertionResults } of testResults) {
    const passed = assertionResults.filter((test) => test.status === "passed");
    const skipped = assertionResults.filter((test) => skippedStatuses.has(test.status));
    const failed = assertionResults.filter((test) => !passed.includes(test) && !skipped.includes(test));
    counts.passed += passed.length;
    counts.skips.push(...skipped.map(({ fullName }) => `${project}: ${fullName}`));
    counts.failures.push(...failed.map(({ fullName }) => `${project}: ${fullName}`));
    if (status === "failed" && failed.length === 0)
      counts.failures.push(`${project}: ${name} could not be run`);
  }
  return { ...counts, failed: counts.failures.length, skipped: counts.skips.length };
}

/** The sum over all projects. */
export function addUp(all: Counts[]): Counts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
    failures: all.flatMap(({ failures }) => failures),
    skips: all.flatMap(({ skips }) => skips),
  };
}

/**
 * In CI everything must be there: a skipped test is a failed one, and a run without tests is no success
 * anywhere.
 */
export function judge(counts: Counts, isCi: boolean): { counts: Counts; remarks: string[] } {
  const remarks = counts.failures.map((name) => `Failed  ${name}`);
  if (counts.passed + counts.failed + counts.skipped === 0) {
    const failures = ["no test was run"];
    return {
      counts: { ...counts, failed: 1, failures },
      remarks: ["Failed  no test was run: no file name matches"],
    };
  }
  remarks.push(...counts.skips.map((name) => `Skipped ${name}${isCi ? " (a failure under CI)" : ""}`));
  if (!isCi) return { counts, remarks };
  return { counts: { ...counts, failed: counts.failed + counts.skipped, skipped: 0 }, remarks };
}

/** `N passed, N failed`, and `, N skipped` when some were. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
