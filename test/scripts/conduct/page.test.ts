import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checkout } from "../../../scripts/bootstrap/paths.mjs";
import { outcomesOf } from "../../../scripts/conduct/outcomes.ts";
import { gaps, renderConduct } from "../../../scripts/conduct/page.ts";
import { type Row, rows as conduct } from "../../../scripts/conduct/rows.ts";
import { readTitles, titlesIn } from "../../../scripts/conduct/titles.ts";

const file = "test/e2e/a.test.ts";
const rows: Row[] = [
  { number: 1, name: "Up", holds: "It goes up." },
  { number: 2, name: "Import", holds: "It comes in.", notApplicable: { dynamic: "No way in." } },
];
const source = `describe.each(frontEnds)("$name", () => {
  test("1: goes up", async () => {});
  test(
    "1 plugin: stays up", async () => {});
  test.each(["a"])("2 plugin: comes in", () => {});
  test("3 is no row, and neither is this: that", () => {});
});`;
const tests = titlesIn(source, file);

const result = (frontEnd: string, title: string, status = "passed") => ({
  fullName: `${frontEnd} ${title}`,
  ancestorTitles: [frontEnd],
  title,
  status,
});
const reportOf = (...assertionResults: ReturnType<typeof result>[]) => ({
  testResults: [{ name: join(checkout, file), status: "passed", message: "", assertionResults }],
});
const whole = [
  result("dynamic", "1: goes up"),
  result("plugin", "1: goes up"),
  result("plugin", "1 plugin: stays up"),
  result("plugin", "2 plugin: comes in"),
];

describe("the page of the provider's conduct", () => {
  test("finds the tests of the rows by their titles", () => {
    expect(tests.map(({ row, frontEnds, says }) => [row, frontEnds, says])).toEqual([
      [1, ["dynamic", "plugin"], "goes up"],
      [1, ["plugin"], "stays up"],
      [2, ["plugin"], "comes in"],
    ]);
  });

  test("finds them whatever function takes the title", () => {
    const [found] = titlesIn('describeHostFaults("17 plugin: faults", open);', "test/provider/a.test.ts");
    expect(found).toMatchObject({ row: 17, frontEnds: ["plugin"], says: "faults" });
    const report = reportOf({
      ...result("17 plugin: faults", "during a create"),
      ancestorTitles: ["17 plugin: faults"],
    });
    const outcome = outcomesOf({ testResults: [] }, report);
    expect(outcome({ ...found!, file }, "plugin")).toBe("passed");
  });

  test("says what a run says: passed, failed, not run, not applicable", () => {
    const page = (...results: typeof whole) => renderConduct(rows, tests, outcomesOf(reportOf(...results)));
    expect(page(...whole)).toBe(renderConduct(rows, tests, () => "passed"));
    expect(page(...whole)).toMatch(/Up \| passed \| passed \|\n.*Import \| not applicable \| passed \|/);
    expect(page(...whole)).toContain("- Dynamic resources: not applicable. No way in.");
    expect(page(...whole)).toContain(`- [stays up](../${file}) (plugin)`);
    expect(page(...whole.slice(1))).toContain("Up | not run | passed |");
    expect(page(...whole.slice(0, 3), result("plugin", "2 plugin: comes in", "failed"))).toContain(
      "Import | not applicable | failed |",
    );
    expect(page(...whole, result("dynamic", "1: goes up", "pending"))).toContain("Up | failed | passed |");
  });

  test("names cells without a test, tests without a row, and tests of what is not applicable", () => {
    expect(gaps(rows, tests)).toEqual([]);
    expect(gaps(rows, tests.slice(2))).toEqual([
      "Row 1 has no test for dynamic.",
      "Row 1 has no test for plugin.",
    ]);
    expect(gaps(rows, [...tests, ...titlesIn('test("7: x", f); test("2: y", f);', file)])).toEqual([
      `There is no row 7, which "x" in ${file} is for.`,
      "Row 2 is not applicable to dynamic, and has a test for it.",
    ]);
  });
});

test("every row of the provider's conduct has a test for each front end, or a reason why not", () => {
  expect(gaps(conduct, readTitles())).toEqual([]);
});
