import { describe, expect, test } from "@jest/globals";
import { absoluteRoute, isReservedRoute, parseRoute, routeKey, routeProblem } from "../../../model/index.ts";

describe("parseRoute", () => {
  test.each([
    [
      "an exact path",
      "/a/b",
      [
        { kind: "exact", text: "a" },
        { kind: "exact", text: "b" },
      ],
      false,
    ],
    ["the root", "/", [], false],
    [
      "a named segment",
      "/a/:name/b",
      [
        { kind: "exact", text: "a" },
        { kind: "named", name: "name" },
        { kind: "exact", text: "b" },
      ],
      false,
    ],
    ["a wildcard", "/a/...", [{ kind: "exact", text: "a" }], true],
    ["a wildcard written as a star", "/a/*", [{ kind: "exact", text: "a" }], true],
    ["everything", "/...", [], true],
    ["a name and a wildcard", "/:tenant/...", [{ kind: "named", name: "tenant" }], true],
  ])("reads %s: %s", (_what, pattern, segments, isWildcard) => {
    expect(parseRoute(pattern)).toEqual({ segments, isWildcard });
  });
});

describe("absoluteRoute", () => {
  test.each([
    ["adds a leading slash", "a/b", "/a/b"],
    ["strips one trailing slash", "/a/", "/a"],
    ["leaves a pattern as it is", "/a/:b/...", "/a/:b/..."],
    ["makes the wildcard alone absolute", "...", "/..."],
  ])("%s", (_rule, pattern, expected) => {
    expect(absoluteRoute(pattern)).toBe(expected);
  });
});

describe("routeKey", () => {
  test.each([
    ["a trailing slash", "/a", "/a/"],
    ["a missing leading slash", "/a/b", "a/b"],
    ["the spelling of a wildcard", "/a/...", "/a/*"],
    ["the name of a parameter", "/users/:id", "/users/:user"],
  ])("is equal for patterns that differ in %s", (_what, one, other) => {
    expect(routeKey(one)).toBe(routeKey(other));
  });

  test.each([
    ["/a", "/A"],
    ["/a", "/a/..."],
    ["/a/:b", "/a/b"],
    ["/a/:b", "/a/..."],
  ])("is different for %s and %s", (one, other) => {
    expect(routeKey(one)).not.toBe(routeKey(other));
  });

  test("a segment that is a lone colon is not taken for a parameter", () => {
    expect(routeProblem("/a/:")).toBeDefined();
  });
});

describe("routeProblem", () => {
  test.each([
    "/",
    "/a",
    "/a/b",
    "/a/:id",
    "/...",
    "/a/...",
    "/a/*",
    "a",
    "/a/",
    "/a.b/c-d_e",
    "/caf%C3%A9",
    "/a...",
  ])("%s is fine", (pattern) => {
    expect(routeProblem(pattern)).toBeUndefined();
  });

  test.each([
    ["has a wildcard before its end", "/a/.../b"],
    ["has a star before its end", "/a/*/b"],
    ["has a parameter without a name", "/a/:"],
    ["names a parameter twice", "/:id/:id"],
    ["has a query", "/a?b=c"],
    ["has a fragment", "/a#b"],
    ["has a blank", "/a b"],
    ["has an empty segment", "/a//b"],
    ["is empty", ""],
    ["names a parameter that no header could be called after", "/:a b"],
    ["names two parameters that give one header", "/:user_id/:user-id"],
  ])("a pattern that %s is refused: %s", (_rule, pattern) => {
    expect(routeProblem(pattern)).toEqual(expect.any(String));
  });
});

describe("isReservedRoute", () => {
  test.each([
    "/.well-known/spin/health",
    "/.well-known/spin/:what",
    ".well-known/spin/info",
    "/.well-known/spin/...",
  ])("%s is the host's own", (pattern) => {
    expect(isReservedRoute(pattern)).toBe(true);
  });

  test.each([
    "/",
    "/...",
    "/.well-known/...",
    "/.well-known/spinning",
    "/.well-known/acme",
    "/well-known/spin",
  ])("%s is not", (pattern) => {
    expect(isReservedRoute(pattern)).toBe(false);
  });
});
