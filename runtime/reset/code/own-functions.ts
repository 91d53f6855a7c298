/** The two functions that a rewritten module gets. */
import { Writer } from "../module/writer.ts";
import { pageBits } from "../state/mark-map.ts";

/**
 * (destination, length): marks every page of it. What ends beyond 32 bits is not marked, since the instruction that was to
 * write it traps. Most ranges lie in one page or two, where two stores are cheaper than memory.fill.
 */
export function markRangeBody(memory: number): Uint8Array {
  const body = new Writer();
  const store = [0x3a, 0x40, ...leb(memory), 0x00];
  const lines = [
    [0x01, 0x02, 0x7f], // locals 2, 3: first and last page
    [0x20, 1, 0x45, 0x04, 0x40, 0x0f, 0x0b], // if length = 0, return
    [0x20, 0, 0x41, 0x7f, 0x73, 0x20, 1, 0x41, 1, 0x6b, 0x49, 0x04, 0x40, 0x0f, 0x0b], // if ~destination < length - 1, return
    [0x20, 0, 0x41, pageBits, 0x76, 0x22, 2, 0x41, 1, ...store], // marks[first = destination >> 12] = 1
    [0x20, 0, 0x20, 1, 0x6a, 0x41, 1, 0x6b, 0x41, pageBits, 0x76, 0x22, 3, 0x41, 1, ...store], // marks[last] = 1
    [0x20, 3, 0x20, 2, 0x6b, 0x41, 2, 0x4f, 0x04, 0x40], // if last - first >= 2
    [0x20, 2, 0x41, 1, 0x20, 3, 0x20, 2, 0x6b, 0xfc, 0x0b, ...leb(memory)], // fill from first to last
    [0x0b, 0x0b],
  ];
  body.raw(lines.flat());
  return body.written();
}

/** Calls whatever the host has put into the table. */
export function pauseBody({ pauseType, pauseTable }: { pauseType: number; pauseTable: number }): Uint8Array {
  const body = new Writer();
  body.raw([0x00, 0x41, 0x00, 0x11, ...leb(pauseType), ...leb(pauseTable), 0x0b]);
  return body.written();
}

function leb(value: number): Uint8Array {
  const number = new Writer();
  number.u32(value);
  return number.written();
}
