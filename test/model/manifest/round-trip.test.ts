/** parse∘synthesize is the identity on every manifest, and what is read so is judged and locked without a crash. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  isSpinError,
  lockManifest,
  normalizeManifest,
  parseManifest,
  synthesize,
  validateManifest,
} from "../../../model/index.ts";
import { arbitraryManifest } from "./arbitrary-manifest.ts";

const content = { component: () => ({}), dependency: () => ({}), files: () => [] };

test("a manifest's text is read back as the manifest, and written as the same text again", () => {
  fc.assert(
    fc.property(arbitraryManifest, (manifest) => {
      const text = synthesize(manifest);
      const read = parseManifest(text);
      expect(withoutEmptyTables(read)).toEqual(withoutEmptyTables(manifest));
      expect(synthesize(read)).toBe(text);
    }),
    { numRuns: 100 },
  );
});

test("any manifest is judged, and normalized and locked or refused with a code", () => {
  fc.assert(
    fc.property(arbitraryManifest, (manifest) => {
      validateManifest(manifest);
      try {
        lockManifest(normalizeManifest(manifest), content);
      } catch (error) {
        if (!isSpinError(error)) throw error;
      }
    }),
    { numRuns: 100 },
  );
});

/** A table of variables or components that holds nothing is not written. */
function withoutEmptyTables(manifest: object): object {
  return Object.fromEntries(
    Object.entries(manifest).filter(
      ([key, value]) => !["variables", "component"].includes(key) || Object.keys(Object(value)).length > 0,
    ),
  );
}
