/** Spin's canonical form (crates/manifest/src/normalize.rs), in Spin's order of steps. */
import type { Manifest } from "../types.ts";
import { resolveDependencies } from "./dependencies.ts";
import { liftInlineComponents } from "./inline-components.ts";
import { overlayProfile } from "./profile.ts";
import { giveTriggerIds } from "./trigger-ids.ts";
import type { NormalManifest } from "./types.ts";

/**
 * The manifest as Spin loads it. Throws ERR_SPIN_PROFILE_UNKNOWN for a profile that no component has, and
 * ERR_SPIN_DEPENDENCY_* for dependencies that `validateManifest` would refuse.
 */
export function normalizeManifest(manifest: Manifest, profile?: string): NormalManifest {
  const withIds = { ...manifest, trigger: giveTriggerIds(manifest.trigger) };
  const lifted = liftInlineComponents(withIds);
  return resolveDependencies(profile === undefined ? lifted : overlayProfile(lifted, profile));
}
