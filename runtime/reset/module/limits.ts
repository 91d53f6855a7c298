/** Maxima of memories and tables, written into the module: the guest's own memory.grow then fails beyond them. */
import { SpinError } from "../../../model/errors/index.ts";
import { readMemory } from "../../../model/wasm/memory.ts";
import { Reader } from "../../../model/wasm/reader.ts";
import { skipValueType } from "../code/instructions.ts";
import { skipConstant } from "./constant.ts";
import { Writer } from "./writer.ts";

export interface CoreLimits {
  /** Of each memory; whole pages of 64 KiB are given. */
  memoryBytes: number;
  /** Of each table. */
  tableElements: number;
}

/** The entries of a memory section with their maxima; ERR_SPIN_RUNTIME_MEMORY_LIMIT when one begins beyond it. */
export function limitMemories(
  content: Uint8Array,
  { memoryBytes }: CoreLimits,
  /** Pages that each gets besides those it says. */
  headroom: number,
): Uint8Array[] {
  const section = new Reader(content);
  return Array.from({ length: section.count() }, () => {
    const { minimumPages, maximumPages, is64, isShared, pageSizeBytes } = readMemory(section, false);
    const fit = Math.floor(memoryBytes / (pageSizeBytes ?? 65_536));
    const allowed = is64 || pageSizeBytes !== undefined ? fit : Math.min(fit, 65_536);
    if (minimumPages > allowed) throw beyond("memory", minimumPages * (pageSizeBytes ?? 65_536), memoryBytes);
    const entry = new Writer();
    entry.byte(1 | (isShared ? 2 : 0) | (is64 ? 4 : 0) | (pageSizeBytes === undefined ? 0 : 8));
    entry.u32(minimumPages + headroom);
    entry.u32(Math.min(maximumPages ?? allowed, allowed));
    if (pageSizeBytes !== undefined) entry.u32(Math.log2(pageSizeBytes));
    return entry.written();
  });
}

/** The same for a table section, in elements. */
export function limitTables(content: Uint8Array, { tableElements }: CoreLimits): Uint8Array[] {
  const section = new Reader(content);
  return Array.from({ length: section.count() }, () => {
    const start = section.offset;
    const hasInitializer = section.byte() === 0x40;
    if (hasInitializer) {
      if (section.byte() !== 0) throw section.malformed("has a table of an unknown form");
      skipValueType(section);
    } else {
      section.offset = start;
      skipValueType(section);
    }
    const type = content.subarray(start, section.offset);
    const flags = section.byte();
    const minimum = section.u64();
    const maximum = (flags & 1) === 0 ? tableElements : section.u64();
    if (minimum > tableElements) throw beyond("table", minimum, tableElements);
    const initializer = section.offset;
    if (hasInitializer) skipConstant(section);
    const entry = new Writer();
    entry.raw(type);
    entry.byte(flags | 1);
    entry.u32(minimum);
    entry.u32(Math.min(maximum, tableElements));
    entry.raw(content.subarray(initializer, section.offset));
    return entry.written();
  });
}

function beyond(what: "memory" | "table", found: number, allowed: number): SpinError {
  const unit = what === "memory" ? "bytes of memory" : "table elements";
  return new SpinError(
    "ERR_SPIN_RUNTIME_MEMORY_LIMIT",
    `A module begins with ${found} ${unit}; its limit is ${allowed}.`,
  );
}
