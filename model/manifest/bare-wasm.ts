import type { Manifest } from "./types.ts";

/** What Spin runs for a binary without a manifest: all paths, and no authority at all (crates/loader/src/lib.rs). */
export function bareWasm(fileStem: string, source: string): Manifest {
  return {
    spin_manifest_version: 2,
    application: { name: fileStem },
    trigger: { http: [{ route: "/...", component: { source } }] },
  };
}
