import { homedir } from "node:os";
import { join } from "node:path";

/** A folder of this package in the user's cache: `$XDG_CACHE_HOME/pulumi-spin/…`, else in `~/.cache`. */
export function userCache(...names: string[]): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "pulumi-spin", ...names);
}
