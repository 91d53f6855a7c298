import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Path of the test guest, built once per content into the user's cache: it takes ten seconds. */
export function guestComponent(): string {
  const hash = createHash("sha256");
  for (const name of ["guest.js", "wit.ts", "build.ts"])
    hash.update(readFileSync(new URL(name, import.meta.url)));
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const path = join(cache, "pulumi-spin", "test-guests", `${hash.digest("hex").slice(0, 32)}.wasm`);
  if (!existsSync(path)) {
    execFileSync(process.execPath, [fileURLToPath(new URL("build.ts", import.meta.url)), path], {
      stdio: "pipe",
    });
  }
  return path;
}
