import { describe, expect, test } from "@jest/globals";
import { type Issue, validateRoute } from "../../../model/index.ts";

function found(issues: Issue[]): string[] {
  return issues.map(({ code, path }) => `${code} at ${path}`);
}

describe("validateRoute", () => {
  test.each([
    ["a component", { route: "/...", component: "api" }],
    ["a private component", { route: { private: true as const }, component: "api" }],
    [
      "a static response",
      {
        route: "/robots.txt",
        staticResponse: { statusCode: 200, headers: { "content-type": "text/plain" }, body: "" },
      },
    ],
  ])("%s is fine", (_what, route) => {
    expect(validateRoute(route)).toEqual([]);
  });

  test.each([
    [
      "a pattern that makes no sense",
      { route: "/a/.../b", component: "a" },
      ["ERR_SPIN_ROUTE_PATTERN at route"],
    ],
    [
      "a path of the host's own",
      { route: "/.well-known/spin/x", component: "a" },
      ["ERR_SPIN_ROUTE_RESERVED at route"],
    ],
    [
      "a component and a static response",
      { route: "/", component: "a", staticResponse: { statusCode: 200, headers: {} } },
      ["ERR_SPIN_ROUTE_TARGET at staticResponse"],
    ],
    [
      "a private static response",
      { route: { private: true as const }, staticResponse: { statusCode: 200, headers: {} } },
      ["ERR_SPIN_ROUTE_TARGET at staticResponse"],
    ],
    [
      "a status that cannot be",
      { route: "/", staticResponse: { statusCode: 99, headers: {} } },
      ["ERR_SPIN_ROUTE_RESPONSE at staticResponse.statusCode"],
    ],
    [
      "half a status",
      { route: "/", staticResponse: { statusCode: 200.5, headers: {} } },
      ["ERR_SPIN_ROUTE_RESPONSE at staticResponse.statusCode"],
    ],
    [
      "a header with a line break, which would split the answer",
      { route: "/", staticResponse: { statusCode: 200, headers: { "x-a": "1\r\nx-b: 2" } } },
      ["ERR_SPIN_ROUTE_RESPONSE at staticResponse.headers.x-a"],
    ],
    [
      "a header with a name that is none",
      { route: "/", staticResponse: { statusCode: 200, headers: { "x a": "1" } } },
      ['ERR_SPIN_ROUTE_RESPONSE at staticResponse.headers."x a"'],
    ],
  ])("%s is an error", (_what, route, expected) => {
    expect(found(validateRoute(route))).toEqual(expected);
  });

  test("nothing is said about what is not known yet", () => {
    const unknown = { route: undefined, component: undefined, staticResponse: undefined };
    expect(validateRoute(unknown as never)).toEqual([]);
    expect(
      validateRoute({
        route: "/",
        staticResponse: { statusCode: undefined, headers: { a: undefined } },
      } as never),
    ).toEqual([]);
  });
});
