export { validateManifest } from "./validate-manifest.ts";
