import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { diffCapabilities, manifestCapabilities, renderReview, worstRisk } from "../../../model/index.ts";
import { arbitraryManifest } from "../manifest/arbitrary-manifest.ts";

/** A manifest of every key has hundreds of rights; `npm run fuzz` compares many more. */
const runs = { numRuns: 10 };

test("a manifest and itself differ in nothing, whatever it has", () => {
  fc.assert(
    fc.property(arbitraryManifest, (manifest) => {
      expect(diffCapabilities(manifest, structuredClone(manifest))).toEqual([]);
    }),
    runs,
  );
});

test("of any two manifests, equal rights are no change of a right, and the review is one row for each change", () => {
  fc.assert(
    fc.property(arbitraryManifest, arbitraryManifest, (base, head) => {
      const changes = diffCapabilities(base, head);
      const told = renderReview(changes, { format: "markdown" });
      expect(told.split("\n").filter((line) => line.startsWith("| "))).toHaveLength(
        changes.length === 0 ? 0 : changes.length + 2,
      );
      const isSame =
        JSON.stringify(manifestCapabilities(base)) === JSON.stringify(manifestCapabilities(head));
      const rights = changes.filter(({ change }) => /widened|narrowed/.test(change));
      if (isSame) expect(rights.filter(({ kind }) => kind !== "app-variable")).toEqual([]);
    }),
    runs,
  );
});

test("what is gained one way is lost the other way", () => {
  fc.assert(
    fc.property(arbitraryManifest, arbitraryManifest, (base, head) => {
      const [there, back] = [diffCapabilities(base, head), diffCapabilities(head, base)];
      const count = (changes: typeof there, ...kinds: string[]): boolean =>
        changes.some(({ change, kind }) => kinds.includes(change) && kind === "key-value-store");
      expect(count(there, "added")).toBe(count(back, "removed"));
      if (worstRisk(there) === undefined) expect(there.every(({ risk }) => risk === "low")).toBe(true);
    }),
    runs,
  );
});
