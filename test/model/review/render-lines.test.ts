import { expect, test } from "@jest/globals";
import { type CapabilityChange, renderChanges } from "../../../model/review/index.ts";

const change: CapabilityChange = {
  change: "added",
  risk: "high",
  why: "It may call every host.",
  component: "api",
  kind: "outbound-host",
  before: [],
  after: ["https://*"],
};

test("a change is a line: risk, change, component, what and why", () => {
  const route: CapabilityChange = {
    ...change,
    change: "changed",
    risk: "low",
    component: "",
    kind: "route",
    before: ["/a"],
    after: ["/b"],
    why: "It moved.",
  };
  expect(renderChanges([change, route])).toBe(
    "high  added    api  outbound-host https://*: It may call every host.\nlow   changed  app  route /a → /b: It moved.",
  );
});

test("what a value brings along cannot make a line of its own", () => {
  const text = renderChanges([{ ...change, after: ["https://a\nlow  removed  api  nothing\u202e"] }]);
  expect(text).toContain("https://a\\u{a}low");
  expect(text.split("\n")).toHaveLength(1);
});

test("many changes are cut, and it says how many are left", () => {
  const lines = renderChanges(Array.from({ length: 30 }, () => change)).split("\n");
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toMatch(/^and 10 more; pulumi-spin review/);
});
