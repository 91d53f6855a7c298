import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  apiHost,
  formatReference,
  parseReference,
  type Reference,
  registryName,
  targetOf,
} from "../../../model/artifact/index.ts";
import { caught } from "../../support/caught.ts";

const digest = `sha256:${"0a".repeat(32)}`;

describe("parseReference", () => {
  test.each<[string, Reference]>([
    ["ghcr.io/acme/shop:1.4.0", { registry: "ghcr.io", repository: "acme/shop", tag: "1.4.0" }],
    ["ghcr.io/acme/shop", { registry: "ghcr.io", repository: "acme/shop" }],
    [`ghcr.io/shop@${digest}`, { registry: "ghcr.io", repository: "shop", digest }],
    [`ghcr.io/shop:1@${digest}`, { registry: "ghcr.io", repository: "shop", tag: "1", digest }],
    ["localhost/shop", { registry: "localhost", repository: "shop" }],
    ["localhost:5000/shop:x", { registry: "localhost:5000", repository: "shop", tag: "x" }],
    ["[::1]:5000/shop:x", { registry: "[::1]:5000", repository: "shop", tag: "x" }],
    ["127.0.0.1:5055/t/x", { registry: "127.0.0.1:5055", repository: "t/x" }],
    ["shop", { registry: "docker.io", repository: "library/shop" }],
    ["shop:1", { registry: "docker.io", repository: "library/shop", tag: "1" }],
    ["acme/shop", { registry: "docker.io", repository: "acme/shop" }],
    ["docker.io/shop", { registry: "docker.io", repository: "library/shop" }],
    ["index.docker.io/acme/shop", { registry: "docker.io", repository: "acme/shop" }],
    ["registry-1.docker.io/shop", { registry: "docker.io", repository: "library/shop" }],
    ["GHCR.io/shop", { registry: "ghcr.io", repository: "shop" }],
    ["r.io/a__b/c-d.e--f", { registry: "r.io", repository: "a__b/c-d.e--f" }],
  ])("%s", (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  test.each([
    ["", /"" is no repository/],
    ["ghcr.io/", /"" is no repository/],
    ["ghcr.io/Acme/shop", /"Acme\/shop" is no repository: expected lower case/],
    ["ghcr.io/acme//shop", /is no repository/],
    ["ghcr.io/acme/../shop", /is no repository/],
    ["ghcr.io/a___b", /is no repository/],
    ["ghcr.io/shop:", /"" is no tag/],
    ["ghcr.io/shop:-x", /"-x" is no tag/],
    [`ghcr.io/shop:${"x".repeat(129)}`, /is no tag/],
    ["ghcr.io/shop@sha256:12", /"sha256:12" is no digest/],
    ["ghcr.io/shop@sha512:12", /is no digest/],
    [`ghcr.io/shop@${digest}@${digest}`, /more than one "@"/],
    ["https://ghcr.io/shop", /is no/],
    ["user:secret@ghcr.io/shop", /is no digest/],
    ["-bad.io/shop", /"-bad\.io" is no registry/],
    ["ghcr.io:port/shop", /is no registry/],
    ["ghcr.io/shop\n", /is no repository/],
    [`ghcr.io/${"x".repeat(255)}`, /longer than 255/],
  ])("%j is refused", (text, expected) => {
    const error = caught(() => parseReference(text));
    expect(error.code).toBe("ERR_SPIN_ARTIFACT_REFERENCE");
    expect(error.message).toMatch(expected);
  });

  test("reads back what formatReference writes", () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const reference = fc.record({
      registry: fc.oneof(
        fc.constantFrom("docker.io", "localhost", "localhost:5000", "[::1]:80"),
        word.map((it) => `${it}.io`),
      ),
      repository: fc.array(word, { minLength: 2, maxLength: 4 }).map((parts) => parts.join("/")),
      tag: fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: undefined }),
      digest: fc.option(fc.constant(digest), { nil: undefined }),
    });
    fc.assert(
      fc.property(reference, (parts) => {
        const { tag, digest: pinned, ...name } = parts;
        const whole = {
          ...name,
          ...(tag === undefined ? {} : { tag }),
          ...(pinned === undefined ? {} : { digest: pinned }),
        };
        expect(parseReference(formatReference(whole))).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test("answers any text with a reference or with its own error", () => {
    const parts = fc.constantFrom(
      "a",
      "A",
      ":",
      "/",
      "@",
      ".",
      "-",
      "_",
      "sha256:",
      "localhost",
      "[",
      "]",
      " ",
      "é",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (words) => {
        const text = words.join("");
        try {
          parseReference(formatReference(parseReference(text)));
        } catch (error) {
          expect(error).toMatchObject({ code: "ERR_SPIN_ARTIFACT_REFERENCE" });
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("targetOf prefers the digest, and falls back to latest", () => {
  expect(targetOf(parseReference(`a.io/b:1@${digest}`))).toBe(digest);
  expect(targetOf(parseReference("a.io/b:1"))).toBe("1");
  expect(targetOf(parseReference("a.io/b"))).toBe("latest");
});

test("Docker Hub has one name, and its API another", () => {
  expect(registryName("Index.Docker.io")).toBe("docker.io");
  expect(apiHost("docker.io")).toBe("registry-1.docker.io");
  expect(apiHost("ghcr.io")).toBe("ghcr.io");
});
