/** spin.md 1.7: glob patterns of `files` and `exclude_files`. */
import { describe, expect, test } from "@jest/globals";
import { globPattern, isGlob } from "../../../registry/local-content/glob.ts";

describe("globPattern", () => {
  test.each([
    ["*", "a", true],
    ["*", ".hidden", true],
    ["*", "a/b", false],
    ["a/*.txt", "a/b.txt", true],
    ["a/*.txt", "a/b/c.txt", false],
    ["**/*", "a/b/c", true],
    ["**/*.rs", "main.rs", true],
    ["a/**/b", "a/b", true],
    ["a/**/b", "a/x/y/b", true],
    ["a/**", "a/x/y", true],
    ["./a/?", "a/b", true],
    ["a/?", "a/bc", false],
    ["[a-c]", "b", true],
    ["[!a-c]", "b", false],
    ["[]]", "]", true],
    ["a.b", "axb", false],
    ["a+(b)", "a+(b)", true],
    ["ä/*", "ä/ö", true],
  ])("%s on %s is %p", (pattern, path, expected) => {
    expect(globPattern(pattern).test(path)).toBe(expected);
  });

  test.each(["a**", "[a", "a/**b"])("%s is malformed", (pattern) => {
    expect(() => globPattern(pattern)).toThrow(expect.objectContaining({ code: "ERR_SPIN_COMPONENT_FILES" }));
  });
});

test.each([
  ["assets", false],
  ["assets/*", true],
  ["a?", true],
  ["a[b]", true],
])("isGlob of %s is %p", (text, expected) => {
  expect(isGlob(text)).toBe(expected);
});
