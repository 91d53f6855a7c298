import { createHash } from "node:crypto";

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** `sha256:` and 64 lower-case hexadecimal digits: the one algorithm that every registry and Spin know. */
export function isDigest(text: string): boolean {
  return digestPattern.test(text);
}

/** `sha256:<hex>` of bytes. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
