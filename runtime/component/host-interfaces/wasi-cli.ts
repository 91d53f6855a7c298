import type { HostInterfaces } from "./types.ts";

export const wasiCli: HostInterfaces = {
  "wasi:cli/environment": {
    types: {},
    functions: {
      "get-environment": "func() -> list<tuple<string, string>>",
      "get-arguments": "func() -> list<string>",
      "initial-cwd": "func() -> option<string>",
    },
  },
  "wasi:cli/exit": {
    types: {},
    functions: {
      exit: "func(result)",
      "exit-with-code": "func(u8)",
    },
  },
  "wasi:cli/stderr": {
    types: {},
    functions: {
      "get-stderr": "func() -> wasi:io/streams.output-stream",
    },
  },
  "wasi:cli/stdin": {
    types: {},
    functions: {
      "get-stdin": "func() -> wasi:io/streams.input-stream",
    },
  },
  "wasi:cli/stdout": {
    types: {},
    functions: {
      "get-stdout": "func() -> wasi:io/streams.output-stream",
    },
  },
  "wasi:cli/terminal-input": {
    types: {
      "terminal-input": "resource",
    },
    functions: {},
  },
  "wasi:cli/terminal-output": {
    types: {
      "terminal-output": "resource",
    },
    functions: {},
  },
  "wasi:cli/terminal-stderr": {
    types: {},
    functions: {
      "get-terminal-stderr": "func() -> option<wasi:cli/terminal-output.terminal-output>",
    },
  },
  "wasi:cli/terminal-stdin": {
    types: {},
    functions: {
      "get-terminal-stdin": "func() -> option<wasi:cli/terminal-input.terminal-input>",
    },
  },
  "wasi:cli/terminal-stdout": {
    types: {},
    functions: {
      "get-terminal-stdout": "func() -> option<wasi:cli/terminal-output.terminal-output>",
    },
  },
};
