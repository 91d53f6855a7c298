import { describe, expect, test } from "@jest/globals";
import { describeIssue, unconfiguredLabels } from "../../../model/index.ts";

describe("spin.md 5.4: a listed label without a store is caught at the start", () => {
  const config = {
    key_value_store: { cache: { type: "spin" } },
    sqlite_database: { orders: { type: "spin" } },
  } as const;

  test("spin.md 2.1: the label default needs no configuration", () => {
    const components = { api: { key_value_stores: ["default"], sqlite_databases: ["default"] } };
    expect(unconfiguredLabels(components, {})).toEqual([]);
  });

  test("configured labels are fine, and components without labels", () => {
    const components = { api: { key_value_stores: ["cache"], sqlite_databases: ["orders"] }, web: {} };
    expect(unconfiguredLabels(components, config)).toEqual([]);
  });

  test("stores and databases have labels of their own", () => {
    const components = { api: { key_value_stores: ["orders"], sqlite_databases: ["default", "cache"] } };
    expect(unconfiguredLabels(components, config).map(({ path }) => path)).toEqual([
      "component.api.key_value_stores[0]",
      "component.api.sqlite_databases[1]",
    ]);
  });

  test("the message says component, label and what to add", () => {
    const [issue] = unconfiguredLabels({ api: { key_value_stores: ["cahce"] } }, config);
    expect(issue).toMatchObject({ code: "ERR_SPIN_RUNTIME_CONFIG_STORE", severity: "error" });
    expect(issue === undefined ? "" : describeIssue(issue)).toBe(
      'component.api.key_value_stores[0]: The component "api" uses the key-value store "cahce", which the runtime ' +
        'configuration does not have. Did you mean "cache"? Else: Add a table [key_value_store.cahce] to ' +
        "runtime-config.toml.",
    );
  });

  test("names that objects have by themselves are not configured", () => {
    const labels = ["constructor", "toString", "__proto__"];
    expect(unconfiguredLabels({ api: { sqlite_databases: labels } }, config)).toHaveLength(3);
  });
});
