import { describe, expect, test } from "@jest/globals";
import { isSameTree } from "../../../scripts/bootstrap/installed.mjs";

const root = { "": { version: "1.0.0" } };
const zod = { version: "4.6.7", integrity: "sha512-a" };

describe("isSameTree", () => {
  test("is true when everything installed is what the lock says", () => {
    expect(isSameTree({ ...root, "node_modules/zod": zod }, { "node_modules/zod": zod })).toBe(true);
  });

  test("does not miss the native packages of other platforms", () => {
    const native = { version: "1.0.0", optional: true };
    expect(
      isSameTree({ "node_modules/zod": zod, "node_modules/x-darwin": native }, { "node_modules/zod": zod }),
    ).toBe(true);
  });

  test.each([
    ["a package is missing", {}],
    ["a version differs", { "node_modules/zod": { ...zod, version: "4.6.8" } }],
    ["the content differs", { "node_modules/zod": { ...zod, integrity: "sha512-b" } }],
    ["there is one more", { "node_modules/zod": zod, "node_modules/left-pad": { version: "1.0.0" } }],
  ])("is false when %s", (_what, installed) => {
    expect(isSameTree({ "node_modules/zod": zod }, installed)).toBe(false);
  });
});
