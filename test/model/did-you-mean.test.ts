import { describe, expect, test } from "@jest/globals";
import { nearest } from "../../model/did-you-mean.ts";

describe("nearest", () => {
  test.each([
    ["a letter is missing", "greting", ["greeting", "token"], "greeting"],
    ["a letter is too many", "tokken", ["greeting", "token"], "token"],
    ["a letter is wrong", "tokem", ["greeting", "token"], "token"],
    ["two letters are swapped", "tokne", ["greeting", "token"], "token"],
    ["only the case differs", "Token", ["token"], "token"],
    ["another separator", "api-token", ["api_token"], "api_token"],
    ["the nearer of two", "stores", ["store", "starts"], "store"],
  ])("finds what was meant when %s", (_what, word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  test.each([
    ["nothing is close", "zzzzzz", ["greeting", "token"]],
    ["there are no candidates", "token", []],
    ["the words share nothing", "ab", ["cd"]],
    ["the word is empty", "", ["ab"]],
  ])("finds nothing when %s", (_what, word, candidates) => {
    expect(nearest(word, candidates)).toBeUndefined();
  });

  test("of more names than a person writes, the first three hundred are compared", () => {
    const names = Array.from({ length: 300 }, (_, at) => `name${at}x`);
    expect(nearest("token", [...names, "tokem"])).toBeUndefined();
    expect(nearest("token", [...names.slice(1), "tokem"])).toBe("tokem");
    expect(nearest("a".repeat(101), [`${"a".repeat(100)}b`])).toBeUndefined();
  });

  test("very long words are compared in bounded time", () => {
    expect(nearest("a".repeat(100_000), ["b".repeat(5)])).toBeUndefined();
  });
});
