import { describe, expect, test } from "@jest/globals";
import { describeIssue, type Issue, validateDeployment } from "../../../model/index.ts";

function found(issues: Issue[]): string[] {
  return issues.map(({ code, path }) => `${code} at ${path}`);
}

describe("validateDeployment", () => {
  const variables = [
    { name: "greeting", default: "hi", required: false, secret: false },
    { name: "api_token", required: true, secret: true },
  ];

  test("a value for each required variable is enough", () => {
    expect(validateDeployment({ variables }, { api_token: "x" })).toEqual([]);
  });

  test("a value that is not known yet is a value", () => {
    expect(validateDeployment({ variables }, { api_token: undefined })).toEqual([]);
  });

  test("a required variable without a value is an error", () => {
    expect(validateDeployment({ variables }, {}).map(describeIssue)).toEqual([
      'variables: The app requires the variable "api_token", and this deployment gives it no value. Add it: variables: { api_token: … }.',
    ]);
  });

  test("a required variable is missing also when objects have a member of its name", () => {
    const required = [{ name: "constructor", required: true, secret: false }];
    expect(found(validateDeployment({ variables: required }, {}))).toEqual([
      "ERR_SPIN_DEPLOYMENT_VARIABLE_MISSING at variables",
    ]);
  });

  test("a value for a variable that is not there is an error, with what was meant", () => {
    expect(validateDeployment({ variables }, { api_token: "x", greting: "hey" }).map(describeIssue)).toEqual([
      'variables.greting: The app declares no variable "greting". Did you mean "greeting"?',
    ]);
  });

  test("nothing close, no guess", () => {
    const [only] = validateDeployment({ variables }, { api_token: "x", zzzzzzzz: "" });
    expect(only?.hint).not.toContain("Did you mean");
  });

  test("nothing is said about what is not known yet", () => {
    expect(validateDeployment({}, { a: "b" })).toEqual([]);
    expect(validateDeployment({ variables }, undefined)).toEqual([]);
  });

  test("no message ever holds a value", () => {
    const issues = validateDeployment({ variables }, { unknown: "canary-value" });
    expect(issues.map(describeIssue).join("\n")).not.toContain("canary-value");
  });
});
