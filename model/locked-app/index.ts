export {
  type ContentRef,
  type ContentResolver,
  contentRefOf,
  inlineLimitBytes,
  type LockedFile,
} from "./content.ts";
export { lockApp, lockedAppDigest, normalizeApp } from "./lock-app.ts";
export { lockManifest, type LockOptions } from "./lock-manifest.ts";
export { definitionOfLocked, type KnownBinary } from "./to-definition.ts";
export { unlockManifest } from "./unlock.ts";
export { selectComponents } from "./select-components.ts";
export type {
  LockedApp,
  LockedComponent,
  LockedDependency,
  LockedSource,
  LockedTrigger,
  LockedVariable,
} from "./types.ts";
