import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { canonicalJson, parseJson } from "../../model/json.ts";

/** Keys of few characters, so that they begin alike. */
const key = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.string({
      unit: fc.constantFrom('"', "\\", "\n", "a", "é", "q", "z", "\ue000"),
      maxLength: 4,
    }),
  },
  fc.constantFrom("__proto__", "constructor", "toString", "1", "\ud800"),
);
const json = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc.integer(),
    key,
    fc.constantFrom(null, true, 1e300, -0.5),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(key, tie("any"), { maxKeys: 4 }),
  ),
})).any;

describe("parseJson", () => {
  test("keeps apart keys whose escapes begin alike, also those of earlier texts", () => {
    const texts = [String.raw`{"x":1,"\\":0}`, String.raw`{"x":1,"\n":0}`, String.raw`{"x":1,"\\é":0}`];
    expect(texts.map((text) => canonicalJson(parseJson(text)))).toEqual([
      String.raw`{"\\":0,"x":1}`,
      String.raw`{"\n":0,"x":1}`,
      String.raw`{"\\é":0,"x":1}`,
    ]);
  });

  test("reads back what was written, whatever the keys", () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 4 }), (value) => {
        const text = JSON.stringify(value);
        const back = parseJson(text);
        // Text by text: the fault changes keys, and their number.
        return JSON.stringify(back) === text && isDeepStrictEqual(canonicalJson(back), canonicalJson(value));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["every escape", String.raw`"\"\\\/\b\f\n\r\t\u0041\ud83d\ude00"`, '"\\/\b\f\n\r\tA😀'],
    ["what looks like a mark", String.raw`"\ue000q\n"`, "\ue000q\n"],
    ["the last of equal keys", String.raw`{"a": 1, "\u0061": 2}`, { a: 2 }],
  ])("reads %s", (_what, text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test("defines a member __proto__ and sets no prototype", () => {
    const value = parseJson(String.raw`{"__proto__": {"polluted\n": true}}`) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(["__proto__"]);
  });

  test("refuses what nests so deep that walking through it would end the stack", () => {
    const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(parseJson(nested(1000))).toHaveLength(1);
    expect(() => parseJson(nested(1002))).toThrow("The JSON text nests deeper than 1000.");
  });

  test.each([String.raw`{"a\x": 1}`, String.raw`"\"`, String.raw`"\q"`, "", "{"])("refuses %j", (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});

describe("canonicalJson", () => {
  test("tells dates apart, which TOML has and JSON writes as text", () => {
    const dates = [new Date(0), new Date(1)];
    expect(dates.map((date) => canonicalJson({ date }))).toEqual([
      '{"date":"1970-01-01T00:00:00.000Z"}',
      '{"date":"1970-01-01T00:00:00.001Z"}',
    ]);
  });
});
