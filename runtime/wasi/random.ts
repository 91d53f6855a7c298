import { randomBytes } from "node:crypto";
import type { HostImports } from "./offer.ts";

/** wasi:random. "Insecure" randomness is the secure one: it is fast enough, and nobody can rely on it by mistake. */
export function randomImports(): HostImports {
  const seed: [bigint, bigint] = [randomU64(), randomU64()];
  return {
    "wasi:random/random": { getRandomBytes, getRandomU64: randomU64 },
    "wasi:random/insecure": { getInsecureRandomBytes: getRandomBytes, getInsecureRandomU64: randomU64 },
    "wasi:random/insecure-seed": { insecureSeed: () => seed },
  };
}

function getRandomBytes(length: bigint): Uint8Array {
  return randomBytes(Number(length));
}

function randomU64(): bigint {
  return randomBytes(8).readBigUInt64LE();
}
