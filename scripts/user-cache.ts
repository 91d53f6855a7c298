import { homedir } from "node:os";
import { join } from "node:path";

/** `<cache>/pulumi-spin`: what is built or downloaded once, for all checkouts of this user. */
export function userCache(environment: NodeJS.ProcessEnv): string {
  const xdg = environment["XDG_CACHE_HOME"];
  const home = environment["HOME"] || homedir();
  // The XDG specification: a relative path is to be ignored.
  return join(xdg?.startsWith("/") ? xdg : join(home, ".cache"), "pulumi-spin");
}
