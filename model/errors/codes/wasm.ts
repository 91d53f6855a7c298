import type { ErrorEntry } from "../table.ts";

export const wasmErrors = {
  ERR_SPIN_WASM_MAGIC: {
    fault: "user",
    summary: "A component's file is no WebAssembly binary.",
    hint: "Check that the build writes a WebAssembly binary to this path; WebAssembly text must be assembled first.",
  },
  ERR_SPIN_WASM_VERSION: {
    fault: "user",
    summary: "A WebAssembly binary is of a version that is not known.",
    hint: "Build it with a current tool chain for WebAssembly components.",
  },
  ERR_SPIN_WASM_MALFORMED: {
    fault: "user",
    summary: "A WebAssembly binary is damaged: its sections do not hold what they announce.",
    hint: "Build the component again; the file may have been cut off.",
  },
  ERR_SPIN_WASM_LIMIT: {
    fault: "user",
    summary: "A WebAssembly binary is nested deeper, or has more parts or names, than any tool chain writes.",
    hint: "Check where the file comes from, and build the component again.",
  },
} as const satisfies Record<string, ErrorEntry>;
