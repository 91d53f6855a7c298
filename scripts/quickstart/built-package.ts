/**
 * The compiled package. The quickstart's provider runs from dist/, so the scripts use the same copy: a
 * component that they build and a host that they stop are the provider's own.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkout } from "../bootstrap/paths.mjs";

/** provider/build: from a component's sources to its binary. */
export function loadBuild(): Promise<typeof import("../../provider/build/index.ts")> {
  return load("provider/build/index.js");
}

/** runtime/admin: the client of the bundled host. */
export function loadHostClient(): Promise<typeof import("../../runtime/admin/client.ts")> {
  return load("runtime/admin/client.js");
}

function load<Module>(path: string): Promise<Module> {
  return import(pathToFileURL(join(checkout, "dist", path)).href) as Promise<Module>;
}
