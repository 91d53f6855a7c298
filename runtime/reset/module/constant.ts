import type { Reader } from "../../../model/wasm/reader.ts";

/** Skips a constant expression up to its `end`; what is no constant instruction is ERR_SPIN_WASM_MALFORMED. */
export function skipConstant(section: Reader): void {
  for (;;) {
    const opcode = section.byte();
    if (opcode === 0x0b) return;
    if (opcode === 0x43) section.slice(4);
    else if (opcode === 0x44) section.slice(8);
    else if (opcode === 0xfd && section.u32() === 12) section.slice(16);
    else if (opcode === 0xfb) skipObjectConstant(section);
    else if (withIndex.has(opcode)) section.skipNumber();
    else if (!arithmetic.has(opcode)) throw section.malformed("has an instruction that is no constant");
  }
}

/** global.get, i32.const, i64.const, ref.null, ref.func */
const withIndex = new Set([0x23, 0x41, 0x42, 0xd0, 0xd2]);
/** Addition, subtraction and multiplication of i32 and i64. */
const arithmetic = new Set([0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e]);

/** struct.new, array.new and their forms; ref.i31 and the conversions have nothing after them. */
function skipObjectConstant(section: Reader): void {
  const opcode = section.u32();
  if ([0, 1, 6, 7, 8].includes(opcode)) section.skipNumber();
  if (opcode === 8) section.skipNumber();
}
