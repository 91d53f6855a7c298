import type { TranspileOptions } from "./transpile-worker.ts";

/** The only imports that may wait: they suspend the guest's stack (JSPI) while others run. */
const waitingImports = [
  "wasi:io/poll#poll",
  "wasi:io/poll#[method]pollable.block",
  "wasi:io/streams#[method]input-stream.blocking-read",
  "wasi:io/streams#[method]input-stream.blocking-skip",
  "wasi:io/streams#[method]output-stream.blocking-write-and-flush",
  "wasi:io/streams#[method]output-stream.blocking-flush",
  "wasi:io/streams#[method]output-stream.blocking-write-zeroes-and-flush",
  "wasi:io/streams#[method]output-stream.blocking-splice",
];

/** How components become JavaScript. Part of the cache key: a change makes every component be transpiled anew. */
export const transpileOptions: TranspileOptions = {
  name: "component",
  instantiation: "async",
  asyncMode: "jspi",
  asyncImports: waitingImports,
  asyncExports: ["wasi:http/incoming-handler#handle"],
  noTypescript: true,
  // Core modules stay files, so that they are compiled once and shared by all instances.
  base64Cutoff: 0,
};
