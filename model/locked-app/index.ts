export { lockApp, lockedAppDigest } from "./lock-app.ts";
export type { LockedApp, LockedComponent, LockedTrigger } from "./types.ts";
