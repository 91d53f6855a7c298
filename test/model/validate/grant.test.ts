import { describe, expect, test } from "@jest/globals";
import { type Issue, validateGrant } from "../../../model/index.ts";

function found(issues: Issue[]): string[] {
  return issues.map(({ code, path }) => `${code} at ${path}`);
}

describe("validateGrant", () => {
  test("a grant of everything is fine", () => {
    const grant = {
      allowedOutboundHosts: ["https://api.example.com", "redis://{{ cache }}:6379", "http://self"],
      keyValueStores: ["default", "session_data"],
      sqliteDatabases: ["default"],
      aiModels: ["llama2-chat"],
      files: [{ source: "assets", destination: "/" }],
      variables: { greeting: "{{ greeting }} there" },
    };
    expect(validateGrant(grant)).toEqual([]);
  });

  test.each([
    [
      "a host that is none",
      { allowedOutboundHosts: ["https://a.example", "nonsense"] },
      ["ERR_SPIN_ALLOWED_HOST at allowedOutboundHosts[1]"],
    ],
    [
      "a template that is not closed",
      { allowedOutboundHosts: ["https://{{ a"] },
      ["ERR_SPIN_TEMPLATE_UNMATCHED at allowedOutboundHosts[0]"],
    ],
    [
      "a scheme in upper case, which never matches",
      { allowedOutboundHosts: ["HTTPS://a.example:1"] },
      ["ERR_SPIN_ALLOWED_HOST_NEVER at allowedOutboundHosts[0]"],
    ],
    [
      "an empty range of ports",
      { allowedOutboundHosts: ["http://a.example:9..9"] },
      ["ERR_SPIN_ALLOWED_HOST_NEVER at allowedOutboundHosts[0]"],
    ],
    [
      "the scheme postgresql, which never matches",
      { allowedOutboundHosts: ["postgresql://a.example:5432"] },
      ["ERR_SPIN_ALLOWED_HOST_NEVER at allowedOutboundHosts[0]"],
    ],
    ["a store label", { keyValueStores: ["my store"] }, ["ERR_SPIN_GRANT_LABEL at keyValueStores[0]"]],
    ["a database label", { sqliteDatabases: ["ok", ""] }, ["ERR_SPIN_GRANT_LABEL at sqliteDatabases[1]"]],
    ["a model without a name", { aiModels: [""] }, ["ERR_SPIN_GRANT_MODEL at aiModels[0]"]],
    [
      "a file outside the project",
      { files: [{ source: "../etc", destination: "/" }] },
      ["ERR_SPIN_GRANT_FILE at files[0].source"],
    ],
    [
      "a file by an absolute path",
      { files: [{ source: "/etc", destination: "/" }] },
      ["ERR_SPIN_GRANT_FILE at files[0].source"],
    ],
    [
      "a destination outside the guest",
      { files: [{ source: "a", destination: "/a/../../b" }] },
      ["ERR_SPIN_GRANT_FILE at files[0].destination"],
    ],
    [
      "a variable name",
      { variables: { "api-token": "x" } },
      ["ERR_SPIN_VARIABLE_NAME at variables.api-token"],
    ],
    ["a variable template", { variables: { a: "{{ b" } }, ["ERR_SPIN_TEMPLATE_UNMATCHED at variables.a"]],
  ])("%s is an error", (_what, grant, expected) => {
    expect(found(validateGrant(grant))).toEqual(expected);
  });

  test("all errors are found, not the first", () => {
    const issues = validateGrant({
      allowedOutboundHosts: ["x", "y"],
      keyValueStores: ["!"],
      variables: { A: "{{" },
    });
    expect(issues).toHaveLength(5);
  });

  test("nothing is said about what is not known yet", () => {
    expect(validateGrant({})).toEqual([]);
    const unknown = {
      allowedOutboundHosts: [undefined],
      keyValueStores: undefined,
      files: [{ source: undefined, destination: undefined }],
      variables: { a: undefined },
    };
    expect(validateGrant(unknown as never)).toEqual([]);
  });
});
