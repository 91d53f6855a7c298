import { describe, expect, test } from "@jest/globals";
import { addUp, countReport, type Counts, judge, summaryLine } from "../../../scripts/test/results.ts";

const report = (...statuses: string[]) => ({
  testResults: [
    {
      name: "a.test.ts",
      status: statuses.includes("failed") ? "failed" : "passed",
      message: "",
      assertionResults: statuses.map((status, index) => ({
        fullName: `test ${index}`,
        ancestorTitles: [],
        title: `test ${index}`,
        status,
      })),
    },
  ],
});
const none: Counts = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };

describe("countReport", () => {
  test("counts each test once, by its status", () => {
    expect(countReport("unit", report("passed", "failed", "pending", "todo", "passed"))).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
      failures: ["unit: test 1"],
      skips: ["unit: test 2", "unit: test 3"],
    });
  });

  test("counts a status that it does not know as a failure", () => {
    expect(countReport("unit", report("unheard-of")).failed).toBe(1);
  });

  test("counts a file that could not be run as one failure", () => {
    const broken = {
      testResults: [{ name: "b.test.ts", status: "failed", message: "SyntaxError", assertionResults: [] }],
    };
    expect(countReport("e2e", broken)).toMatchObject({
      failed: 1,
      failures: ["e2e: b.test.ts could not be run"],
    });
  });
});

describe("judge", () => {
  const skipped = { ...none, passed: 3, skipped: 1, skips: ["e2e: needs rust"] };

  test("names what was skipped", () => {
    expect(judge(skipped, false)).toEqual({ counts: skipped, remarks: ["Skipped e2e: needs rust"] });
  });

  test("turns a skipped test into a failed one under CI", () => {
    const { counts, remarks } = judge(skipped, true);
    expect(summaryLine(counts)).toBe("3 passed, 1 failed");
    expect(remarks).toEqual(["Skipped e2e: needs rust (a failure under CI)"]);
  });

  test("fails a run of no tests at all", () => {
    expect(judge(none, false).counts.failed).toBe(1);
  });
});

describe("summaryLine", () => {
  test("has a third number only when there is something to say", () => {
    expect(
      summaryLine(
        addUp([
          { ...none, passed: 2 },
          { ...none, passed: 1, failed: 1 },
        ]),
      ),
    ).toBe("3 passed, 1 failed");
    expect(summaryLine({ ...none, passed: 2, skipped: 1 })).toBe("2 passed, 0 failed, 1 skipped");
  });
});
