import { expect, test } from "@jest/globals";
import { hasUnknown, isUnknown, omitUnknown, unknown } from "../../../provider/definition/unknown.ts";

test("finds what is not known at any depth", () => {
  expect(hasUnknown({ a: [{ b: unknown }] })).toBe(true);
  expect(hasUnknown({ a: [{ b: null }], c: undefined })).toBe(false);
  expect(isUnknown([unknown])).toBe(false);
});

test("leaves a place where something is not known, so that positions stay", () => {
  expect(omitUnknown({ a: [unknown, 1], b: unknown, c: "x" })).toStrictEqual({
    a: [undefined, 1],
    b: undefined,
    c: "x",
  });
});

test("is the same symbol in every copy of the package", () => {
  expect(unknown).toBe(Symbol.for("pulumi-spin.unknown"));
});
