import type { TranspileOptions } from "./transpile-worker.ts";
import { waitingImports } from "./waiting-imports.ts";

/** How components become JavaScript. Part of the cache key: a change makes every component be transpiled anew. */
export const transpileOptions: TranspileOptions = {
  name: "component",
  instantiation: "async",
  asyncMode: "jspi",
  asyncImports: [...waitingImports],
  asyncExports: ["wasi:http/incoming-handler#handle"],
  noTypescript: true,
  // Core modules stay files, so that they are compiled once and shared by all instances.
  base64Cutoff: 0,
};
