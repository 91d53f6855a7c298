import { randomFillSync } from "node:crypto";
import type { HostImports } from "./offer.ts";
import type { RequestScope } from "./request-scope.ts";
import { Trap } from "./wit-error.ts";

/** wasi:random. "Insecure" randomness is the secure one: it is fast enough, and nobody can rely on it by mistake. */
export function randomImports(scope: RequestScope): HostImports {
  let seed: [bigint, bigint] | undefined;
  let seededFor: AbortSignal | undefined;
  // The same for as long as a request lasts, and another one for the next.
  const insecureSeed = (): [bigint, bigint] => {
    if (seed === undefined || seededFor !== scope.ended) seed = [randomU64(), randomU64()];
    seededFor = scope.ended;
    return seed;
  };
  return {
    "wasi:random/random": { getRandomBytes, getRandomU64: randomU64 },
    "wasi:random/insecure": { getInsecureRandomBytes: getRandomBytes, getInsecureRandomU64: randomU64 },
    "wasi:random/insecure-seed": { insecureSeed },
  };
}

/** More would only be a way to take the host's memory. */
const mostBytes = 64n * 1024n * 1024n;

function getRandomBytes(length: bigint): Uint8Array {
  if (length > mostBytes)
    throw new Trap(`the guest asked for ${length} random bytes; ${mostBytes} is the most`);
  return randomFillSync(new Uint8Array(Number(length)));
}

/** Every guest asks for some when it starts, and asking the system for each is dear. */
const ahead = new BigUint64Array(512);
let used = ahead.length;

function randomU64(): bigint {
  if (used === ahead.length) {
    randomFillSync(ahead);
    used = 0;
  }
  const value = ahead[used] ?? 0n;
  ahead[used++] = 0n;
  return value;
}
