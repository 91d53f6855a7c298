export { normalizeManifest } from "./normalize.ts";
export type { NormalComponent, NormalManifest, NormalTrigger, ResolvedDependency } from "./types.ts";
