import { describe, expect, test } from "@jest/globals";
import { isKind } from "../../../scripts/quickstart/stack.ts";
import { createSteps } from "../../../scripts/quickstart/steps.ts";
import { hasChanges } from "../../../scripts/quickstart/update.ts";

describe("hasChanges", () => {
  test("sees every kind of step but those that leave things as they are", () => {
    expect(hasChanges({ same: 12 })).toBe(false);
    expect(hasChanges({})).toBe(false);
    expect(hasChanges({ same: 11, update: 1 })).toBe(true);
    expect(hasChanges({ delete: 1 })).toBe(true);
  });
});

describe("isKind", () => {
  test("knows a resource by either front end, and not by the end of its name", () => {
    expect(isKind("pulumi-nodejs:dynamic/spin:App", "App")).toBe(true);
    expect(isKind("spin:index:App", "App")).toBe(true);
    expect(isKind("pulumi-nodejs:dynamic/other:App", "App")).toBe(false);
    expect(isKind("spin:index:HostDeployment", "Deployment")).toBe(false);
  });
});

describe("createSteps", () => {
  test("adds up what a part took that ran twice, and gives its result back", async () => {
    const said: string[] = [];
    const steps = createSteps((line) => said.push(line));
    steps.add("preview", 1500);
    await expect(steps.run("preview", "What the program asks for", async () => 42)).resolves.toBe(42);
    steps.add("install", 500);
    expect(steps.timingsMs.preview).toBeGreaterThanOrEqual(1500);
    expect(said).toEqual(["\n── What the program asks for"]);
    expect(steps.summary()).toMatch(/^preview 1\.\d s · install 0\.5 s · together \d\.\d s$/);
  });

  test("lets a failure through", async () => {
    const steps = createSteps(() => {});
    await expect(steps.run("up", "pulumi up", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});
