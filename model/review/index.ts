export { diffCapabilities, worstRisk } from "./diff.ts";
export type { Imports } from "./diff-imports.ts";
export { renderChanges } from "./render-lines.ts";
export { hostVerdict } from "./host-risk.ts";
export { includesHost } from "./inclusion.ts";
export { manifestCapabilities } from "./manifest-capabilities.ts";
export { type RenderOptions, renderReview } from "./render.ts";
export {
  type Capability,
  type CapabilityChange,
  type ChangeKind,
  type RightKind,
  type Risk,
  risks,
} from "./types.ts";
