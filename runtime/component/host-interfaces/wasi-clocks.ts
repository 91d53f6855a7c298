import type { HostInterfaces } from "./types.ts";

export const wasiClocks: HostInterfaces = {
  "wasi:clocks/monotonic-clock": {
    types: {},
    functions: {
      now: "func() -> u64",
      resolution: "func() -> u64",
      "subscribe-instant": "func(u64) -> wasi:io/poll.pollable",
      "subscribe-duration": "func(u64) -> wasi:io/poll.pollable",
    },
  },
  "wasi:clocks/wall-clock": {
    types: {
      datetime: "record { seconds: u64, nanoseconds: u32 }",
    },
    functions: {
      now: "func() -> datetime",
      resolution: "func() -> datetime",
    },
  },
};
