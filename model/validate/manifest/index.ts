export { type ManifestReading, readManifest } from "./read-manifest.ts";
export { validateManifest } from "./validate-manifest.ts";
