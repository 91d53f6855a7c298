import { describe, expect, test } from "@jest/globals";
import { expandServiceChaining, isServiceChaining, parseAllowedHost } from "../../../model/index.ts";

describe("isServiceChaining", () => {
  test.each([
    "http://api.spin.internal",
    "http://*.spin.internal",
    "*://api.spin.internal:*",
    "http://a.b.spin.internal",
  ])("%s names components of the app", (entry) => {
    expect(isServiceChaining(parseAllowedHost(entry))).toBe(true);
  });

  test.each([
    "http://spin.internal",
    "http://*.internal",
    "*://*:*",
    "http://self",
    "http://spin.internal.example",
  ])("%s does not", (entry) => {
    expect(isServiceChaining(parseAllowedHost(entry))).toBe(false);
  });
});

describe("expandServiceChaining", () => {
  const expand = (entry: string, ids: string[]) => expandServiceChaining([parseAllowedHost(entry)], ids);

  test("the wildcard becomes the components of the app, so that others are denied", () => {
    expect(expand("http://*.spin.internal", ["api", "web"])).toEqual([
      parseAllowedHost("http://api.spin.internal"),
      parseAllowedHost("http://web.spin.internal"),
    ]);
  });

  test("an app without components is left with nothing", () => {
    expect(expand("http://*.spin.internal", [])).toEqual([]);
  });

  test.each(["http://api.spin.internal", "http://*.example.com", "*://*:*", "http://self"])(
    "%s stays as it is",
    (entry) => {
      expect(expand(entry, ["web"])).toEqual([parseAllowedHost(entry)]);
    },
  );
});
