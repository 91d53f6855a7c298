/** How many operands the plain instructions take and give: 16 × taken + given. Those without an entry are not followed. */
const effects = new Int16Array(256).fill(-1);

function define(taken: number, given: number, from: number, to = from): void {
  effects.fill(16 * taken + given, from, to + 1);
}

define(0, 0, 0x01); // nop
define(1, 0, 0x0d); // br_if, when it does not branch
define(1, 0, 0x1a); // drop
define(3, 1, 0x1b); // select
define(0, 1, 0x23); // global.get
define(1, 0, 0x24); // global.set
define(1, 1, 0x28, 0x35); // loads
define(2, 0, 0x36, 0x3e); // stores
define(0, 1, 0x3f); // memory.size
define(1, 1, 0x40); // memory.grow
define(0, 1, 0x41, 0x44); // constants
define(1, 1, 0x45); // i32.eqz
define(2, 1, 0x46, 0x4f); // comparisons of i32
define(1, 1, 0x50); // i64.eqz
define(2, 1, 0x51, 0x66); // comparisons of i64, f32, f64
define(1, 1, 0x67, 0x69); // i32.clz, ctz, popcnt
define(2, 1, 0x6a, 0x78); // arithmetic of i32
define(1, 1, 0x79, 0x7b);
define(2, 1, 0x7c, 0x8a); // of i64
define(1, 1, 0x8b, 0x91);
define(2, 1, 0x92, 0x98); // of f32
define(1, 1, 0x99, 0x9f);
define(2, 1, 0xa0, 0xa6); // of f64
define(1, 1, 0xa7, 0xc4); // conversions

/** `16 × taken + given`, or -1 for an instruction that is not followed. */
export function operandEffect(opcode: number): number {
  return effects[opcode] ?? -1;
}
