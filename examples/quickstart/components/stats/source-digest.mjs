import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const files = ["Cargo.lock", "Cargo.toml", "src/lib.rs"];

/** sha256 in hex of what a build of this component reads: each file's name, size in bytes and content. */
export function sourceSha256() {
  const hash = createHash("sha256");
  for (const name of files) {
    const content = readFileSync(new URL(name, import.meta.url));
    hash.update(`${name}\n${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

/** sha256 in hex of bytes. */
export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
