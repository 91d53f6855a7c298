/** docs/spin.md numbers Spin's rules, and tests are named by those numbers: none of either is without the other. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkout } from "../../scripts/bootstrap/paths.mjs";

const folder = join(checkout, "test", "conformance");
const sources = readdirSync(folder)
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => readFileSync(join(folder, file), "utf8"));
const tested = new Set(
  sources.flatMap((text) =>
    Array.from(text.matchAll(/\(\s*["'`]((?:\d+\.\d+(?:\.\d+)? (?:rule \d+, )?)+)/g), ([, numbers = ""]) =>
      numbers.match(/\d+\.\d+(\.\d+)?/g),
    ).flatMap((numbers) => numbers ?? []),
  ),
);
const listed = Array.from(
  readFileSync(join(checkout, "docs", "spin.md"), "utf8").matchAll(/^\| ([\d.]+) /gm),
  ([, number = ""]) => number,
);

test("every rule of docs/spin.md has a test named after it", () => {
  expect(listed.length).toBeGreaterThan(20);
  expect(listed.filter((rule) => !tested.has(rule))).toEqual([]);
});

test("every test that is named after a rule has it in docs/spin.md", () => {
  expect([...tested].filter((rule) => !listed.includes(rule))).toEqual([]);
});
