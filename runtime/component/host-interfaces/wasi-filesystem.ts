import type { HostInterfaces } from "./types.ts";

export const wasiFilesystem: HostInterfaces = {
  "wasi:filesystem/preopens": {
    types: {},
    functions: {
      "get-directories": "func() -> list<tuple<wasi:filesystem/types.descriptor, string>>",
    },
  },
  "wasi:filesystem/types": {
    types: {
      descriptor: "resource",
      "error-code":
        "enum { access, would-block, already, bad-descriptor, busy, deadlock, quota, exist, file-too-large, illegal-byte-sequence, in-progress, interrupted, invalid, io, is-directory, loop, too-many-links, message-size, name-too-long, no-device, no-entry, no-lock, insufficient-memory, insufficient-space, not-directory, not-empty, not-recoverable, unsupported, no-tty, no-such-device, overflow, not-permitted, pipe, read-only, invalid-seek, text-file-busy, cross-device }",
      advice: "enum { normal, sequential, random, will-need, dont-need, no-reuse }",
      "descriptor-flags":
        "flags { read, write, file-integrity-sync, data-integrity-sync, requested-write-sync, mutate-directory }",
      "descriptor-type":
        "enum { unknown, block-device, character-device, directory, fifo, symbolic-link, regular-file, socket }",
      "new-timestamp": "variant { no-change, now, timestamp(wasi:clocks/wall-clock.datetime) }",
      "directory-entry-stream": "resource",
      "descriptor-stat":
        "record { type: descriptor-type, link-count: u64, size: u64, data-access-timestamp: option<wasi:clocks/wall-clock.datetime>, data-modification-timestamp: option<wasi:clocks/wall-clock.datetime>, status-change-timestamp: option<wasi:clocks/wall-clock.datetime> }",
      "path-flags": "flags { symlink-follow }",
      "open-flags": "flags { create, directory, exclusive, truncate }",
      "metadata-hash-value": "record { lower: u64, upper: u64 }",
      "directory-entry": "record { type: descriptor-type, name: string }",
    },
    functions: {
      "[method]descriptor.read-via-stream":
        "func(borrow<descriptor>, u64) -> result<wasi:io/streams.input-stream, error-code>",
      "[method]descriptor.write-via-stream":
        "func(borrow<descriptor>, u64) -> result<wasi:io/streams.output-stream, error-code>",
      "[method]descriptor.append-via-stream":
        "func(borrow<descriptor>) -> result<wasi:io/streams.output-stream, error-code>",
      "[method]descriptor.advise": "func(borrow<descriptor>, u64, u64, advice) -> result<_, error-code>",
      "[method]descriptor.sync-data": "func(borrow<descriptor>) -> result<_, error-code>",
      "[method]descriptor.get-flags": "func(borrow<descriptor>) -> result<descriptor-flags, error-code>",
      "[method]descriptor.get-type": "func(borrow<descriptor>) -> result<descriptor-type, error-code>",
      "[method]descriptor.set-size": "func(borrow<descriptor>, u64) -> result<_, error-code>",
      "[method]descriptor.set-times":
        "func(borrow<descriptor>, new-timestamp, new-timestamp) -> result<_, error-code>",
      "[method]descriptor.read":
        "func(borrow<descriptor>, u64, u64) -> result<tuple<list<u8>, bool>, error-code>",
      "[method]descriptor.write": "func(borrow<descriptor>, list<u8>, u64) -> result<u64, error-code>",
      "[method]descriptor.read-directory":
        "func(borrow<descriptor>) -> result<directory-entry-stream, error-code>",
      "[method]descriptor.sync": "func(borrow<descriptor>) -> result<_, error-code>",
      "[method]descriptor.create-directory-at": "func(borrow<descriptor>, string) -> result<_, error-code>",
      "[method]descriptor.stat": "func(borrow<descriptor>) -> result<descriptor-stat, error-code>",
      "[method]descriptor.stat-at":
        "func(borrow<descriptor>, path-flags, string) -> result<descriptor-stat, error-code>",
      "[method]descriptor.set-times-at":
        "func(borrow<descriptor>, path-flags, string, new-timestamp, new-timestamp) -> result<_, error-code>",
      "[method]descriptor.link-at":
        "func(borrow<descriptor>, path-flags, string, borrow<descriptor>, string) -> result<_, error-code>",
      "[method]descriptor.open-at":
        "func(borrow<descriptor>, path-flags, string, open-flags, descriptor-flags) -> result<descriptor, error-code>",
      "[method]descriptor.readlink-at": "func(borrow<descriptor>, string) -> result<string, error-code>",
      "[method]descriptor.remove-directory-at": "func(borrow<descriptor>, string) -> result<_, error-code>",
      "[method]descriptor.rename-at":
        "func(borrow<descriptor>, string, borrow<descriptor>, string) -> result<_, error-code>",
      "[method]descriptor.symlink-at": "func(borrow<descriptor>, string, string) -> result<_, error-code>",
      "[method]descriptor.unlink-file-at": "func(borrow<descriptor>, string) -> result<_, error-code>",
      "[method]descriptor.is-same-object": "func(borrow<descriptor>, borrow<descriptor>) -> bool",
      "[method]descriptor.metadata-hash":
        "func(borrow<descriptor>) -> result<metadata-hash-value, error-code>",
      "[method]descriptor.metadata-hash-at":
        "func(borrow<descriptor>, path-flags, string) -> result<metadata-hash-value, error-code>",
      "[method]directory-entry-stream.read-directory-entry":
        "func(borrow<directory-entry-stream>) -> result<option<directory-entry>, error-code>",
      "filesystem-error-code": "func(borrow<wasi:io/error.error>) -> option<error-code>",
    },
  },
};
