import { expect, test } from "@jest/globals";
import { resetLikeFresh } from "../../../scripts/fuzz/guest/differential.ts";

test("made-up guests that are reset answer as fresh ones do, and begin again as those", () => {
  const compared = Array.from({ length: 40 }, (_, seed) => resetLikeFresh(Uint8Array.of(seed)));
  const sum = (of: keyof (typeof compared)[0]): number => compared.reduce((total, it) => total + it[of], 0);
  expect(sum("requests")).toBe(480);
  expect(sum("resets")).toBeGreaterThan(300);
  expect(sum("discarded")).toBeGreaterThan(10);
  expect(sum("steps")).toBeGreaterThan(5000);
  expect(sum("pauses")).toBeGreaterThan(10);
});
