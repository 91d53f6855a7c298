export { readBinaries } from "./binaries.ts";
export { type LocalBlob, localContent } from "./local-content.ts";
export { locateManifest, type ManifestPlace, readManifestFile, readManifestText } from "./manifest-file.ts";
export { mountedFiles } from "./mounts.ts";
