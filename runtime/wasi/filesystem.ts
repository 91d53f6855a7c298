import type { HostImports } from "./offer.ts";

/**
 * wasi:filesystem with no preopened directory: a guest holds no descriptor, so it has nothing to open a file with, and the
 * methods of `descriptor` cannot be reached.
 */
export function filesystemImports(): HostImports {
  return {
    "wasi:filesystem/preopens": { getDirectories: () => [] },
    "wasi:filesystem/types": { Descriptor, DirectoryEntryStream, filesystemErrorCode: () => undefined },
  };
}

class Descriptor {}
class DirectoryEntryStream {}
