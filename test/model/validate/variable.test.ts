import { describe, expect, test } from "@jest/globals";
import { describeIssue, type Issue, validateVariable } from "../../../model/index.ts";

function found(issues: Issue[]): string[] {
  return issues.map(({ code, path }) => `${code} at ${path}`);
}

describe("validateVariable", () => {
  test.each([
    ["a default", { name: "greeting", default: "hi", required: false, secret: false }],
    ["an empty default", { name: "greeting", default: "", required: false, secret: false }],
    ["a required value", { name: "greeting", required: true, secret: false }],
    ["a required secret", { name: "token", required: true, secret: true }],
  ])("%s is fine", (_what, variable) => {
    expect(validateVariable(variable)).toEqual([]);
  });

  test.each([
    [
      "a name in the wrong case",
      { name: "apiToken", required: true, secret: false },
      ["ERR_SPIN_VARIABLE_NAME at name"],
    ],
    [
      "both a default and required",
      { name: "a", default: "", required: true, secret: false },
      ["ERR_SPIN_VARIABLE_VALUE at required"],
    ],
    [
      "neither a default nor required",
      { name: "a", required: false, secret: false },
      ["ERR_SPIN_VARIABLE_VALUE at required"],
    ],
    [
      "a secret with a default",
      { name: "a", default: "x", required: false, secret: true },
      ["ERR_SPIN_VARIABLE_SECRET_DEFAULT at default"],
    ],
    [
      "everything at once: all of it is said",
      { name: "A", default: "x", required: true, secret: true },
      [
        "ERR_SPIN_VARIABLE_NAME at name",
        "ERR_SPIN_VARIABLE_VALUE at required",
        "ERR_SPIN_VARIABLE_SECRET_DEFAULT at default",
      ],
    ],
  ])("%s is an error", (_what, variable, expected) => {
    expect(found(validateVariable(variable))).toEqual(expected);
  });

  test("nothing is said about what is not known yet", () => {
    const unknown = { name: undefined, default: undefined, required: undefined, secret: undefined };
    expect(validateVariable(unknown as never)).toEqual([]);
    expect(
      validateVariable({ name: "a", default: undefined, required: false, secret: true } as never),
    ).toEqual([]);
  });

  test("no message ever holds the value", () => {
    const issues = validateVariable({ name: "A", default: "canary-value", required: true, secret: true });
    expect(issues.map(describeIssue).join("\n")).not.toContain("canary-value");
  });
});
