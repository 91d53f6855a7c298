import type { HostInterfaces } from "./types.ts";

export const wasiIo: HostInterfaces = {
  "wasi:io/error": {
    types: {
      error: "resource",
    },
    functions: {
      "[method]error.to-debug-string": "func(borrow<error>) -> string",
    },
  },
  "wasi:io/poll": {
    types: {
      pollable: "resource",
    },
    functions: {
      "[method]pollable.ready": "func(borrow<pollable>) -> bool",
      "[method]pollable.block": "func(borrow<pollable>)",
      poll: "func(list<borrow<pollable>>) -> list<u32>",
    },
  },
  "wasi:io/streams": {
    types: {
      "input-stream": "resource",
      "stream-error": "variant { last-operation-failed(wasi:io/error.error), closed }",
      "output-stream": "resource",
    },
    functions: {
      "[method]input-stream.read": "func(borrow<input-stream>, u64) -> result<list<u8>, stream-error>",
      "[method]input-stream.blocking-read":
        "func(borrow<input-stream>, u64) -> result<list<u8>, stream-error>",
      "[method]input-stream.skip": "func(borrow<input-stream>, u64) -> result<u64, stream-error>",
      "[method]input-stream.blocking-skip": "func(borrow<input-stream>, u64) -> result<u64, stream-error>",
      "[method]input-stream.subscribe": "func(borrow<input-stream>) -> wasi:io/poll.pollable",
      "[method]output-stream.check-write": "func(borrow<output-stream>) -> result<u64, stream-error>",
      "[method]output-stream.write": "func(borrow<output-stream>, list<u8>) -> result<_, stream-error>",
      "[method]output-stream.blocking-write-and-flush":
        "func(borrow<output-stream>, list<u8>) -> result<_, stream-error>",
      "[method]output-stream.flush": "func(borrow<output-stream>) -> result<_, stream-error>",
      "[method]output-stream.blocking-flush": "func(borrow<output-stream>) -> result<_, stream-error>",
      "[method]output-stream.subscribe": "func(borrow<output-stream>) -> wasi:io/poll.pollable",
      "[method]output-stream.write-zeroes": "func(borrow<output-stream>, u64) -> result<_, stream-error>",
      "[method]output-stream.blocking-write-zeroes-and-flush":
        "func(borrow<output-stream>, u64) -> result<_, stream-error>",
      "[method]output-stream.splice":
        "func(borrow<output-stream>, borrow<input-stream>, u64) -> result<u64, stream-error>",
      "[method]output-stream.blocking-splice":
        "func(borrow<output-stream>, borrow<input-stream>, u64) -> result<u64, stream-error>",
    },
  },
};
