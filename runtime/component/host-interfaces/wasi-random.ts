import type { HostInterfaces } from "./types.ts";

export const wasiRandom: HostInterfaces = {
  "wasi:random/insecure": {
    types: {},
    functions: {
      "get-insecure-random-bytes": "func(u64) -> list<u8>",
      "get-insecure-random-u64": "func() -> u64",
    },
  },
  "wasi:random/insecure-seed": {
    types: {},
    functions: {
      "insecure-seed": "func() -> tuple<u64, u64>",
    },
  },
  "wasi:random/random": {
    types: {},
    functions: {
      "get-random-bytes": "func(u64) -> list<u8>",
      "get-random-u64": "func() -> u64",
    },
  },
};
