import { describe, expect, test } from "@jest/globals";
import { expiryIssues } from "../../../model/capability/index.ts";

const found = (expires: string | undefined, today = "2026-11-25") =>
  expiryIssues(expires, today).map(({ code, severity, message }) => [code, severity, message]);

describe("the last day of a grant", () => {
  test("is no matter while it is far, or when there is none", () => {
    expect(found(undefined)).toEqual([]);
    expect(found("2026-12-10")).toEqual([]);
  });

  test.each([
    ["2026-12-09", "in 14 days"],
    ["2026-11-26", "tomorrow"],
    ["2026-11-25", "today"],
  ])("%s is warned about", (expires, when) => {
    const message = `The grant ends ${when}, with ${expires}.`;
    expect(found(expires)).toEqual([["ERR_SPIN_GRANT_EXPIRING", "warning", message]]);
  });

  test("is counted across the end of a year, and of a February", () => {
    expect(found("2027-01-05", "2026-12-31")[0]?.[2]).toContain("in 5 days");
    expect(found("2028-03-01", "2028-02-28")[0]?.[2]).toContain("in 2 days");
  });

  test("that is over is an error", () => {
    expect(found("2026-11-24")).toEqual([
      ["ERR_SPIN_GRANT_EXPIRED", "error", "The grant ended with 2026-11-24."],
    ]);
  });

  test.each(["soon", "2027-1-1", "2026-02-30", "2026-13-01", "2026-12-01T00:00:00Z", ""])(
    "%j is no date",
    (text) => {
      expect(found(text)).toEqual([
        ["ERR_SPIN_GRANT_EXPIRES", "error", expect.stringContaining(`"${text}" is no date`)],
      ]);
    },
  );
});
