import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { Router } from "../../../runtime/triggers/http/router.ts";

function router(...patterns: string[]): Router<string> {
  return new Router(patterns.map((pattern) => [pattern, pattern]));
}

describe("Router", () => {
  test.each([
    ["/a", "/a"],
    ["/a/", "/a"],
    ["/users/me", "/users/me"],
    ["/users/7", "/users/:id"],
    ["/users/7/posts", "/users/..."],
    ["/users/me/posts", "/users/me/..."],
    ["/users", "/users/..."],
    ["/else", "/..."],
    ["/", "/..."],
    ["//a", "/a"],
    ["/A", "/..."],
    ["/%61", "/..."],
  ])("%s goes to %s", (path, pattern) => {
    const routes = router("/...", "/a", "/users/...", "/users/:id", "/users/me", "/users/me/...");
    expect(routes.match(path)?.target).toBe(pattern);
  });

  test("turns back from an exact segment that leads nowhere", () => {
    expect(router("/a/b/c", "/:x/b/d").match("/a/b/d")).toMatchObject({
      target: "/:x/b/d",
      captures: [["x", "a"]],
    });
  });

  test.each([
    ["/...", "/", "/"],
    ["/p/...", "/p", ""],
    ["/p/...", "/p/", "/"],
    ["/p/...", "/p/s", "/s"],
    ["/p/...", "/p/s/t/", "/s/t/"],
    ["/p", "/p/", ""],
  ])("the wildcard of %s for %s is %j", (pattern, path, wildcard) => {
    expect(router(pattern).match(path)?.wildcard).toBe(wildcard);
  });

  test("captures several segments, not decoded", () => {
    expect(router("/:a/x/:b_c/...").match("/1/x/%20/y")).toEqual({
      target: "/:a/x/:b_c/...",
      wildcard: "/y",
      captures: [
        ["a", "1"],
        ["b_c", "%20"],
      ],
    });
  });

  test("has no answer where nothing matches", () => {
    expect(router("/a", "/b/:c").match("/b")).toBeUndefined();
    expect(new Router([]).match("/")).toBeUndefined();
  });

  test("takes the later of two equal routes", () => {
    const routes = new Router([
      ["/a/:x", 1],
      ["/a/:y", 2],
    ]);
    expect(routes.match("/a/b")).toMatchObject({ target: 2, captures: [["y", "b"]] });
  });

  test("agrees with a list that is searched from the most specific on", () => {
    const segment = fc.constantFrom("a", "b", ":x");
    const pattern = fc
      .tuple(fc.array(segment, { maxLength: 4 }), fc.boolean())
      .map(([segments, isWildcard]) => `/${[...segments, ...(isWildcard ? ["..."] : [])].join("/")}`);
    const path = fc
      .array(fc.constantFrom("a", "b", "c"), { maxLength: 5 })
      .map((segments) => `/${segments.join("/")}`);
    fc.assert(
      fc.property(fc.uniqueArray(pattern, { maxLength: 8 }), path, (patterns, wanted) => {
        expect(router(...patterns).match(wanted)?.target).toBe(bySearch(patterns, wanted));
      }),
      { numRuns: 500 },
    );
  });
});

/** Ranks as Spin does: segment by segment exact before named before wildcard. */
function bySearch(patterns: string[], path: string): string | undefined {
  const rank = (pattern: string) =>
    [...pattern.split("/").slice(1), ""]
      .map((segment) =>
        segment === "..." ? "3" : segment.startsWith(":") ? "2" : segment === "" ? "0" : "1",
      )
      .join("");
  const matching = patterns.filter((pattern) => {
    const source = pattern.replace(/\/\.\.\.$/, "(/.*)?").replaceAll(/:\w+/g, "[^/]+");
    return new RegExp(`^${source === "/" ? "" : source}/?$`).test(path === "/" ? "" : path);
  });
  return matching.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))[0];
}
