import { describe, expect, test } from "@jest/globals";
import {
  describeIssue,
  environmentName,
  type GivenVariables,
  type RuntimeConfig,
  validateRequiredVariables,
} from "../../../model/index.ts";

const vault = { type: "vault", url: "https://v", token: "t", mount: "m" } as const;
const azure = { type: "azure_key_vault", vault_url: "https://v" } as const;
const withValues = (...names: string[]) =>
  ({ type: "static", values: Object.fromEntries(names.map((name) => [name, "canary"])) }) as const;

describe("spin.md 2.2: each required variable must be possibly resolvable", () => {
  const known: GivenVariables = { environment: [] };

  test.each<[string, RuntimeConfig, GivenVariables, boolean]>([
    ["nobody has it", {}, known, false],
    ["--variable gives it", {}, { ...known, variables: ["token"] }, true],
    ["the environment has it", {}, { environment: ["SPIN_VARIABLE_TOKEN"] }, true],
    ["the environment has it under another prefix", {}, { environment: ["SHOP_TOKEN"] }, false],
    ["names of the environment have cases", {}, { environment: ["spin_variable_token"] }, false],
    [".env has it", {}, { ...known, dotenv: { ".env": ["SPIN_VARIABLE_TOKEN"] } }, true],
    ["another file has it", {}, { ...known, dotenv: { "shop.env": ["SPIN_VARIABLE_TOKEN"] } }, false],
    [
      "the file of a provider has it",
      { variables_provider: [{ type: "env", prefix: "SHOP", dotenv_path: "shop.env" }] },
      { ...known, dotenv: { "shop.env": ["SHOP_TOKEN"] } },
      true,
    ],
    [
      "a provider with a prefix",
      { variables_provider: [{ type: "env", prefix: "SHOP" }] },
      { environment: ["SHOP_TOKEN"] },
      true,
    ],
    ["static values have it", { variables_provider: [withValues("token")] }, known, true],
    ["static values have others", { variables_provider: [withValues("other")] }, known, false],
    ["Vault says maybe", { variables_provider: [vault] }, known, true],
    ["Azure says maybe", { variables_provider: [azure] }, known, true],
    ["an environment that is not known says maybe", {}, {}, true],
  ])("%s", (_what, config, given, isFine) => {
    const issues = validateRequiredVariables({ token: {} }, config, given);
    expect(issues.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      isFine ? [] : ["error ERR_SPIN_RUNTIME_CONFIG_REQUIRED"],
    );
  });

  test("a variable with a default, even an empty one, is not required", () => {
    expect(validateRequiredVariables({ greeting: { default: "" } }, {}, known)).toEqual([]);
  });

  test("the message says where it is looked for, and what was probably meant", () => {
    const config: RuntimeConfig = { variables_provider: [withValues("api_tokn")] };
    const issues = validateRequiredVariables({ api_token: {} }, config, known);
    expect(issues.map(describeIssue)).toEqual([
      'variables.api_token: No provider has a value for the required variable "api_token". Did you mean "api_token" by ' +
        '"api_tokn"? Else: Set SPIN_VARIABLE_API_TOKEN, give --variable api_token=…, or add it to a [[variables_provider]].',
    ]);
  });

  test("names that objects have by themselves are not given", () => {
    const variables = { constructor: {}, tostring: {} };
    const config: RuntimeConfig = { variables_provider: [withValues()] };
    expect(validateRequiredVariables(variables as never, config, { ...known, dotenv: {} })).toHaveLength(2);
  });
});

describe("spin.md 2.1: Azure forbids `_`, so names of several words cannot work", () => {
  const warnings = (providers: RuntimeConfig["variables_provider"], given: GivenVariables = {}): string[] =>
    validateRequiredVariables(
      { token: {}, api_token: {}, api_url: { default: "" } },
      { variables_provider: providers ?? [] },
      given,
    ).map(({ code, severity, path }) => `${severity} ${code} ${path}`);

  test("every such variable is warned about, also one with a default, since the failure comes first", () => {
    expect(warnings([vault, azure])).toEqual([
      "warning ERR_SPIN_RUNTIME_CONFIG_PROVIDER variables.api_token",
      "warning ERR_SPIN_RUNTIME_CONFIG_PROVIDER variables.api_url",
    ]);
  });

  test("but not one that another provider certainly gives before", () => {
    expect(warnings([withValues("api_url"), azure], { variables: ["api_token"] })).toEqual([]);
  });

  test("the hint names the provider by its place", () => {
    const [issue] = validateRequiredVariables({ a_b: {} }, { variables_provider: [vault, azure] });
    expect(issue?.hint).toContain("variables_provider[1]");
  });
});

test("spin.md 2.2: the environment variable is the prefix, `_` and the name in upper case", () => {
  expect(environmentName("api_token")).toBe("SPIN_VARIABLE_API_TOKEN");
  expect(environmentName("api_token", "Shop")).toBe("Shop_API_TOKEN");
});
