/** Limits of memories and tables (WebAssembly core specification 3.0, 5.3.11; custom page sizes). */
import type { Reader } from "./reader.ts";
import type { WasmMemory } from "./summary.ts";

const hasMaximum = 0b0001;
const isShared = 0b0010;
const is64 = 0b0100;
const hasPageSize = 0b1000;

export function readMemory(section: Reader, isImported: boolean): WasmMemory {
  const flags = section.byte();
  if (flags > 0b1111) throw section.malformed(`has a memory with the unknown flags ${flags}`);
  const memory: WasmMemory = {
    minimumPages: section.u64(),
    ...((flags & hasMaximum) !== 0 && { maximumPages: section.u64() }),
    is64: (flags & is64) !== 0,
    isShared: (flags & isShared) !== 0,
    isImported,
  };
  return (flags & hasPageSize) === 0 ? memory : { ...memory, pageSizeBytes: readPageSize(section) };
}

export function skipTableLimits(section: Reader): void {
  const flags = section.byte();
  section.u64();
  if ((flags & hasMaximum) !== 0) section.u64();
}

/** Written as its logarithm to the base 2. */
function readPageSize(section: Reader): number {
  const exponent = section.u32();
  if (exponent > 64) throw section.malformed(`has a memory with pages of 2^${exponent} bytes`);
  return 2 ** exponent;
}
