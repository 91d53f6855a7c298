import { createLimits } from "./limits.ts";
import { preambleSize, readPreamble } from "./preamble.ts";
import { readBinary } from "./read-binary.ts";
import { Reader } from "./reader.ts";
import { summarize } from "./summarize.ts";
import type { WasmSummary } from "./summary.ts";

/**
 * Reads what a binary and the modules and components in it say about themselves, without running it and without copying
 * from it: code and data are skipped, so time follows the number of sections and names. Throws ERR_SPIN_WASM_*.
 */
export function inspectWasm(bytes: Uint8Array): WasmSummary {
  const kind = readPreamble(bytes);
  return summarize(readBinary(kind, new Reader(bytes, preambleSize), createLimits()));
}
