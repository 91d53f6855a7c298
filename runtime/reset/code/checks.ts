import type { Writer } from "../module/writer.ts";
import { flagOffset } from "../state/mark-map.ts";

/** Calls `pause` once another thread has raised the flag; that decides whether the guest goes on. */
export function checkDeadline(code: Writer, { memory, pause }: { memory: number; pause: number }): void {
  // i32.const 0; i32.load memory offset=flag; if; call pause; end
  code.raw([0x41, 0x00, 0x28, 0x42]);
  code.u32(memory);
  code.u32(flagOffset);
  code.raw([0x04, 0x40, 0x10]);
  code.u32(pause);
  code.byte(0x0b);
}
