export { readBinaries } from "./binaries.ts";
export { type LocalBlob, localContent } from "./local-content.ts";
export { mountedFiles } from "./mounts.ts";
