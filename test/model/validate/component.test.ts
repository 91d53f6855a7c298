import { describe, expect, test } from "@jest/globals";
import { type Issue, validateComponent } from "../../../model/index.ts";

function found(issues: Issue[]): string[] {
  return issues.map(({ code, path }) => `${code} at ${path}`);
}

describe("validateComponent", () => {
  const digest = `sha256:${"0".repeat(64)}`;

  test.each([
    ["a path", { id: "api", source: "components/api/dist/api.wasm" }],
    ["a URL with a digest", { id: "api", source: { url: "https://a.example/api.wasm", digest } }],
    ["an environment", { id: "api", source: "a.wasm", environment: { PATH: "", "a.b": "\u00fc=\n" } }],
  ])("%s is fine", (_what, component) => {
    expect(validateComponent(component)).toEqual([]);
  });

  test.each([
    ["an id with a digit first in a word", { id: "app-2" }, ["ERR_SPIN_COMPONENT_ID at componentId"]],
    ["no path", { source: "" }, ["ERR_SPIN_COMPONENT_SOURCE at source"]],
    ["an absolute path", { source: "/tmp/a.wasm" }, ["ERR_SPIN_COMPONENT_SOURCE at source"]],
    ["a path of another system", { source: "dist\\a.wasm" }, ["ERR_SPIN_COMPONENT_SOURCE at source"]],
    [
      "a URL of another scheme",
      { source: { url: "ftp://a.example/a.wasm", digest } },
      ["ERR_SPIN_COMPONENT_SOURCE at source.url"],
    ],
    [
      "a digest of another algorithm",
      { source: { url: "https://a.example", digest: "md5:00" } },
      ["ERR_SPIN_COMPONENT_SOURCE at source.digest"],
    ],
    [
      "an environment variable with = in its name",
      { environment: { "a=b": "" } },
      ["ERR_SPIN_COMPONENT_ENVIRONMENT at environment.a=b"],
    ],
    [
      "an environment variable without a name",
      { environment: { "": "" } },
      ["ERR_SPIN_COMPONENT_ENVIRONMENT at environment."],
    ],
    [
      "NUL in an environment variable",
      { environment: { a: "\0" } },
      ["ERR_SPIN_COMPONENT_ENVIRONMENT at environment.a"],
    ],
  ])("%s is an error", (_what, component, expected) => {
    expect(found(validateComponent(component))).toEqual(expected);
  });

  test("nothing is said about what is not known yet", () => {
    const unknown = {
      id: undefined,
      source: { url: undefined, digest: undefined },
      environment: { a: undefined },
    };
    expect(validateComponent(unknown as never)).toEqual([]);
    expect(validateComponent({ source: undefined, environment: undefined } as never)).toEqual([]);
  });
});
