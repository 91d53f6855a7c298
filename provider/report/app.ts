import { type CapabilityRow, renderCapabilities } from "../../model/capability/index.ts";
import { diffCapabilities, renderChanges } from "../../model/review/index.ts";
import { readManifest } from "../../model/validate/manifest/index.ts";
import type { Properties } from "../definition/resource.ts";

const mostRows = 40;

/** What a new app may do, or what one may do now that it could not before; nothing when its manifest stays the same. */
export function appReport(
  { name, manifest, components, capabilities }: Properties,
  before: string | undefined,
): string[] {
  if (before === undefined) {
    const isKnown = Array.isArray(capabilities) && Array.isArray(components) && components.length > 0;
    return isKnown ? [table(name, capabilities)] : [];
  }
  // Equal texts first: most previews change nothing.
  if (typeof manifest !== "string" || before === manifest) return [];
  const [base, head] = [readManifest(before).manifest, readManifest(manifest).manifest];
  if (base === undefined || head === undefined) return [];
  const changes = diffCapabilities(base, head);
  if (changes.length === 0) return [`What ${name} may do stays the same.`];
  return [`What ${name} may do changes:\n${renderChanges(changes)}`];
}

function table(name: string, rows: CapabilityRow[]): string {
  const shown = renderCapabilities(rows.slice(0, mostRows)).trimEnd();
  const left = rows.length - mostRows;
  return `What ${name} may do:\n${shown}${left > 0 ? `\nand ${left} more rows, in the output "capabilities"` : ""}`;
}
