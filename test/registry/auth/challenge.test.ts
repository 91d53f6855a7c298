import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseChallenges } from "../../../registry/auth/challenge.ts";
import { covers, mergeScopes } from "../../../registry/auth/scope.ts";

describe("parseChallenges", () => {
  // As each registry documents or sends its own.
  test.each([
    [
      "Docker Hub",
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/alpine:pull"',
      {
        realm: "https://auth.docker.io/token",
        service: "registry.docker.io",
        scope: "repository:library/alpine:pull",
      },
    ],
    [
      "GHCR",
      'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
      { realm: "https://ghcr.io/token", service: "ghcr.io", scope: "repository:user/image:pull" },
    ],
    [
      "ACR",
      'Bearer realm="https://acme.azurecr.io/oauth2/token",service="acme.azurecr.io",scope="repository:a:pull,push",error="invalid_token"',
      {
        realm: "https://acme.azurecr.io/oauth2/token",
        service: "acme.azurecr.io",
        scope: "repository:a:pull,push",
        error: "invalid_token",
      },
    ],
    [
      "Artifact Registry",
      'Bearer realm="https://europe-docker.pkg.dev/v2/token", service="europe-docker.pkg.dev"',
      { realm: "https://europe-docker.pkg.dev/v2/token", service: "europe-docker.pkg.dev" },
    ],
    [
      "Harbor",
      'Bearer realm="https://harbor.acme.com/service/token",service="harbor-registry",scope="repository:lib/a:pull repository:lib/b:pull"',
      {
        realm: "https://harbor.acme.com/service/token",
        service: "harbor-registry",
        scope: "repository:lib/a:pull repository:lib/b:pull",
      },
    ],
    ["blanks and an escape", 'bearer  realm = "a\\"b" , x=y', { realm: 'a"b', x: "y" }],
  ])("%s", (_, header, parameters) => {
    expect(parseChallenges(header)).toEqual([{ scheme: "bearer", parameters }]);
  });

  test("ECR asks for a password", () => {
    const header = 'Basic realm="https://123.dkr.ecr.eu-west-1.amazonaws.com/",service="ecr.amazonaws.com"';
    expect(parseChallenges(header)).toMatchObject([
      { scheme: "basic", parameters: { service: "ecr.amazonaws.com" } },
    ]);
  });

  test("several in one header", () => {
    const header = 'Negotiate, Basic realm="x", Negotiate YII=, Bearer realm="https://a/t"';
    expect(parseChallenges(header).map(({ scheme }) => scheme)).toEqual([
      "negotiate",
      "basic",
      "negotiate",
      "bearer",
    ]);
    expect(parseChallenges(header)[3]?.parameters).toEqual({ realm: "https://a/t" });
  });

  test("ends on any text", () => {
    const parts = fc.constantFrom(
      "Bearer",
      "a",
      "=",
      '"',
      ",",
      " ",
      "\\",
      "=a",
      '="b"',
      "Basic ",
      "é",
      "YII=",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 15 }), (words) => {
        expect(Array.isArray(parseChallenges(words.join("")))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("scopes", () => {
  test("are one for each resource, sorted", () => {
    expect(mergeScopes(["repository:b:push", "repository:a:pull", "repository:b:pull,push", "aws"])).toEqual([
      "aws",
      "repository:a:pull",
      "repository:b:pull,push",
    ]);
  });

  test.each([
    [["repository:a:pull,push"], ["repository:a:pull"], true],
    [["repository:a:*"], ["repository:a:delete"], true],
    [["repository:a:pull"], ["repository:a:pull,push"], false],
    [["repository:a:pull"], ["repository:b:pull"], false],
    [["repository:a:pull"], [], true],
    [["aws"], ["aws"], true],
  ])("%j cover %j: %s", (held, needed, expected) => {
    expect(covers(held, needed)).toBe(expected);
  });
});
