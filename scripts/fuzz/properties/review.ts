/** What must hold for two manifests that a reviewer compares. */
import { diffCapabilities, manifestCapabilities, parseManifest, renderReview } from "../../../model/index.ts";
import { manifests } from "../seeds/manifests.ts";

const base = parseManifest(manifests[0]);

/** Nothing changed between a manifest and itself, and whatever changed is one row. */
export function reviewed(text: string): unknown {
  const head = parseManifest(text);
  const same = diffCapabilities(head, parseManifest(text));
  if (same.length > 0) throw new Error(`It differs from itself: ${JSON.stringify(same)}`);
  const changes = diffCapabilities(base, head);
  const rows = renderReview(changes, { format: "markdown" })
    .split("\n")
    .filter((line) => line.startsWith("| "));
  if (rows.length !== (changes.length === 0 ? 0 : changes.length + 2))
    throw new Error(`${changes.length} changes are ${rows.length} rows`);
  return manifestCapabilities(head);
}
