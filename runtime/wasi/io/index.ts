import type { HostImports } from "../offer.ts";
import { IoError } from "./error.ts";
import { InputStream } from "./input-stream.ts";
import { OutputStream } from "./output-stream.ts";
import { Pollable } from "./poll.ts";

/** wasi:io. */
export function ioImports(): HostImports {
  return {
    "wasi:io/error": { Error: IoError },
    "wasi:io/poll": { Pollable, poll: (pollables: readonly Pollable[]) => Pollable.poll(pollables) },
    "wasi:io/streams": { InputStream, OutputStream },
  };
}
