import type { DescribedAttachment } from "../../registry/signature/index.ts";

const names = {
  signature: "signature",
  sbom: "SBOM",
  provenance: "provenance",
  statement: "statement",
  other: "attached",
};

/** A line for each; nothing when nothing is attached. */
export function attachedText(attached: readonly DescribedAttachment[]): string {
  if (attached.length === 0) return "";
  const lines = attached.map(
    (it) => `  ${[names[it.what], kindOf(it), claimText(it)].filter(Boolean).join(", ")}`,
  );
  return `attached, not verified (\`pulumi-spin verify\` does that)\n${lines.join("\n")}\n`.replaceAll(
    /[^\P{C}\n]/gu,
    "?",
  );
}

function kindOf({ what, artifactType, predicateType }: DescribedAttachment): string {
  return what === "signature" || what === "provenance" ? "" : (predicateType ?? artifactType);
}

function claimText({ claimedBy }: DescribedAttachment): string {
  if (claimedBy === undefined) return "";
  if (claimedBy.kind === "identity") return `says it is by ${claimedBy.identity}`;
  return `says it is by the key ${claimedBy.fingerprint ?? "of somebody"}`;
}
