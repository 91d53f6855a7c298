export { readBinaries } from "./binaries.ts";
export { localContent } from "./local-content.ts";
export { mountedFiles } from "./mounts.ts";
