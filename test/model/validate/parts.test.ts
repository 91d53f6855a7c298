import { describe, expect, test } from "@jest/globals";
import {
  describeIssue,
  type Issue,
  validateComponent,
  validateDeployment,
  validateGrant,
  validateRoute,
  validateVariable,
} from "../../../model/index.ts";

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

describe("validateRoute", () => {
  test.each([
    ["a component", { route: "/...", component: "api" }],
    ["a private component", { route: { private: true as const }, component: "api" }],
    [
      "a static response",
      {
        route: "/robots.txt",
        staticResponse: { statusCode: 200, headers: { "content-type": "text/plain" }, body: "" },
      },
    ],
  ])("%s is fine", (_what, route) => {
    expect(validateRoute(route)).toEqual([]);
  });

  test.each([
    [
      "a pattern that makes no sense",
      { route: "/a/.../b", component: "a" },
      ["ERR_SPIN_ROUTE_PATTERN at route"],
    ],
    [
      "a path of the host's own",
      { route: "/.well-known/spin/x", component: "a" },
      ["ERR_SPIN_ROUTE_RESERVED at route"],
    ],
    [
      "a component and a static response",
      { route: "/", component: "a", staticResponse: { statusCode: 200, headers: {} } },
      ["ERR_SPIN_ROUTE_TARGET at staticResponse"],
    ],
    [
      "a private static response",
      { route: { private: true as const }, staticResponse: { statusCode: 200, headers: {} } },
      ["ERR_SPIN_ROUTE_TARGET at staticResponse"],
    ],
    [
      "a status that cannot be",
      { route: "/", staticResponse: { statusCode: 99, headers: {} } },
      ["ERR_SPIN_ROUTE_RESPONSE at staticResponse.statusCode"],
    ],
    [
      "half a status",
      { route: "/", staticResponse: { statusCode: 200.5, headers: {} } },
      ["ERR_SPIN_ROUTE_RESPONSE at staticResponse.statusCode"],
    ],
    [
      "a header with a line break, which would split the answer",
      { route: "/", staticResponse: { statusCode: 200, headers: { "x-a": "1\r\nx-b: 2" } } },
      ["ERR_SPIN_ROUTE_RESPONSE at staticResponse.headers.x-a"],
    ],
    [
      "a header with a name that is none",
      { route: "/", staticResponse: { statusCode: 200, headers: { "x a": "1" } } },
      ["ERR_SPIN_ROUTE_RESPONSE at staticResponse.headers.x a"],
    ],
  ])("%s is an error", (_what, route, expected) => {
    expect(found(validateRoute(route))).toEqual(expected);
  });

  test("nothing is said about what is not known yet", () => {
    const unknown = { route: undefined, component: undefined, staticResponse: undefined };
    expect(validateRoute(unknown as never)).toEqual([]);
    expect(
      validateRoute({
        route: "/",
        staticResponse: { statusCode: undefined, headers: { a: undefined } },
      } as never),
    ).toEqual([]);
  });
});

describe("validateComponent", () => {
  const digest = `sha256:${"0".repeat(64)}`;

  test.each([
    ["a path", { id: "api", source: "components/api/dist/api.wasm" }],
    ["a URL with a digest", { id: "api", source: { url: "https://a.example/api.wasm", digest } }],
    ["an environment", { id: "api", source: "a.wasm", environment: { PATH: "", "a.b": "\u00fc=\n" } }],
  ])("%s is fine", (_what, component) => {
    expect(validateComponent(component)).toEqual([]);
  });

  test.each([
    ["an id with a digit first in a word", { id: "app-2" }, ["ERR_SPIN_COMPONENT_ID at componentId"]],
    ["no path", { source: "" }, ["ERR_SPIN_COMPONENT_SOURCE at source"]],
    ["an absolute path", { source: "/tmp/a.wasm" }, ["ERR_SPIN_COMPONENT_SOURCE at source"]],
    ["a path of another system", { source: "dist\\a.wasm" }, ["ERR_SPIN_COMPONENT_SOURCE at source"]],
    [
      "a URL of another scheme",
      { source: { url: "ftp://a.example/a.wasm", digest } },
      ["ERR_SPIN_COMPONENT_SOURCE at source.url"],
    ],
    [
      "a digest of another algorithm",
      { source: { url: "https://a.example", digest: "md5:00" } },
      ["ERR_SPIN_COMPONENT_SOURCE at source.digest"],
    ],
    [
      "an environment variable with = in its name",
      { environment: { "a=b": "" } },
      ["ERR_SPIN_COMPONENT_ENVIRONMENT at environment.a=b"],
    ],
    [
      "an environment variable without a name",
      { environment: { "": "" } },
      ["ERR_SPIN_COMPONENT_ENVIRONMENT at environment."],
    ],
    [
      "NUL in an environment variable",
      { environment: { a: "\0" } },
      ["ERR_SPIN_COMPONENT_ENVIRONMENT at environment.a"],
    ],
  ])("%s is an error", (_what, component, expected) => {
    expect(found(validateComponent(component))).toEqual(expected);
  });

  test("nothing is said about what is not known yet", () => {
    const unknown = {
      id: undefined,
      source: { url: undefined, digest: undefined },
      environment: { a: undefined },
    };
    expect(validateComponent(unknown as never)).toEqual([]);
    expect(validateComponent({ source: undefined, environment: undefined } as never)).toEqual([]);
  });
});

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
