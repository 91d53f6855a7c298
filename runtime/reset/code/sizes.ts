/** memory.size and memory.grow of a memory that has more pages than it says. */
import { encoded } from "../module/entries.ts";
import type { Writer } from "../module/writer.ts";
import { unusedOffset } from "../state/mark-map.ts";

/** Writes what stands for memory.size, 0x3f, or memory.grow, 0x40. */
export function replaceSize(
  opcode: number,
  code: Writer,
  { memory, grow }: { memory: number; grow: number },
): void {
  if (opcode === 0x40) {
    code.byte(0x10);
    code.u32(grow);
  } else code.raw(encoded([0x3f, 0x00], loadUnused(memory), [0x6b])); // size - unused
}

/** (pages) → former size, or -1: takes from the unused pages first. */
export function growBody(memory: number): Uint8Array {
  const setUnused = encoded([0x36, 0x42], memory, unusedOffset);
  return encoded(
    [0x01, 0x02, 0x7f], // locals 1, 2: unused, former size
    [0x3f, 0x00],
    loadUnused(memory),
    [0x22, 1, 0x6b, 0x21, 2], // former = size - (unused = …)
    [0x20, 0, 0x20, 1, 0x4d, 0x04, 0x40, 0x41, 0, 0x20, 1, 0x20, 0, 0x6b], // if pages <= unused
    setUnused, // unused -= pages
    [0x20, 2, 0x0f, 0x0b], // return former
    [0x20, 0, 0x20, 1, 0x6b, 0x40, 0x00, 0x41, 0x7f, 0x46, 0x04, 0x40, 0x41, 0x7f, 0x0f, 0x0b], // if grow(pages - unused) fails, return -1
    [0x41, 0, 0x41, 0],
    setUnused, // unused = 0
    [0x20, 2, 0x0b],
  );
}

function loadUnused(memory: number): Uint8Array {
  return encoded([0x41, 0, 0x28, 0x42], memory, unusedOffset);
}
