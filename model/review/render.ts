import { canonicalJson } from "../json.ts";
import { renderMarkdown } from "./render-markdown.ts";
import type { CapabilityChange } from "./types.ts";

export interface RenderOptions {
  format: "markdown" | "json";
}

/**
 * The review as a Markdown table, or as a JSON array with sorted keys: equal changes give equal bytes. Values of the
 * manifest cannot become markup.
 */
export function renderReview(changes: readonly CapabilityChange[], { format }: RenderOptions): string {
  return format === "json" ? `${canonicalJson(changes)}\n` : renderMarkdown(changes);
}
