export { type ArchiveFile, tarOf } from "./archive.ts";
export { type AppContent, fileContent, layerContent, needsArchives } from "./content.ts";
export { type Descriptor, descriptorOf } from "./descriptor.ts";
export { gzipStored } from "./gzip-stored.ts";
export {
  type ImageIndex,
  type ImageManifest,
  manifestLimitBytes,
  parseImageManifest,
  type StoredManifest,
  writeImageIndex,
  writeImageManifest,
} from "./manifest.ts";
export { manifestTypes, mediaTypes } from "./media-types.ts";
export { type ArtifactInput, type ArtifactPlan, planArtifact, type PlannedBlob } from "./plan.ts";
export { readArtifact, readLockedApp, type SpinArtifact } from "./read.ts";
export {
  apiHost,
  formatReference,
  isRegistry,
  isTag,
  parseReference,
  type Reference,
  registryName,
  targetOf,
} from "./reference.ts";
