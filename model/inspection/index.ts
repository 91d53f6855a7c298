export { type Binaries, type Binary, type BinarySource, binarySources } from "./binaries.ts";
export { inspectManifest, type ManifestInspection } from "./inspect-manifest.ts";
export { renderInspection } from "./render.ts";
