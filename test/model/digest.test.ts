import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { digestOf, isDigest } from "../../model/digest.ts";

const hex = createHash("sha256").update("some bytes").digest("hex");
const digest = `sha256:${hex}`;

test("digestOf takes bytes and texts", () => {
  expect(digestOf("some bytes")).toBe(digest);
  expect(digestOf(Buffer.from("some bytes"))).toBe(digest);
});

describe("isDigest", () => {
  test.each([
    [digest, true],
    [digest.toUpperCase(), false],
    [hex, false],
    [`${digest}0`, false],
    [`${digest}\n`, false],
    ["sha512:00", false],
  ])("%j: %s", (text, expected) => {
    expect(isDigest(text)).toBe(expected);
  });
});
