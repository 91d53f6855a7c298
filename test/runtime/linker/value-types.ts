/** Types with their core values, and values of them: the same for both bindings. */
import fc from "fast-check";

export interface ValueTypeCase {
  type: string;
  flat: readonly string[];
  values: fc.Arbitrary<unknown>;
}

const text = fc.string({ unit: "grapheme", maxLength: 40 });
const u8 = fc.integer({ min: 0, max: 255 });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const f32 = fc.float();
const i32 = ["i32"];
const pointer = ["i32", "i32"];

function of(type: string, flat: readonly string[], values: fc.Arbitrary<unknown>): ValueTypeCase {
  return { type, flat, values };
}

const tagged = (tag: string, val?: fc.Arbitrary<unknown>) =>
  val === undefined ? fc.constant({ tag }) : val.map((value) => ({ tag, val: value }));

const point = fc.record({ x: u8, theName: text, z: u64 });
const shape = fc.oneof(
  tagged("none"),
  tagged("small", u8),
  tagged("single", f32),
  tagged("double", fc.double()),
  tagged("long", u64),
  tagged("named", text),
);

export const valueTypes: Readonly<Record<string, ValueTypeCase>> = {
  bool: of("bool", i32, fc.boolean()),
  s8: of("s8", i32, fc.integer({ min: -128, max: 127 })),
  u8: of("u8", i32, u8),
  s16: of("s16", i32, fc.integer({ min: -32768, max: 32767 })),
  u16: of("u16", i32, fc.integer({ min: 0, max: 65535 })),
  s32: of("s32", i32, fc.integer()),
  u32: of("u32", i32, u32),
  s64: of("s64", ["i64"], fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  u64: of("u64", ["i64"], u64),
  f32: of("f32", ["f32"], f32),
  f64: of("f64", ["f64"], fc.double()),
  char: of("char", i32, fc.string({ unit: "binary", minLength: 1, maxLength: 1 })),
  string: of("string", pointer, text),
  "list of u8": of("(list u8)", pointer, fc.uint8Array()),
  "list of s16": of("(list s16)", pointer, fc.int16Array()),
  "list of u32": of("(list u32)", pointer, fc.uint32Array()),
  "list of u64": of("(list u64)", pointer, fc.bigUint64Array()),
  "list of f32": of("(list f32)", pointer, fc.float32Array()),
  "list of f64": of("(list f64)", pointer, fc.float64Array()),
  "list of bool": of("(list bool)", pointer, fc.array(fc.boolean())),
  "list of strings": of("(list string)", pointer, fc.array(text)),
  "list of lists": of("(list (list string))", pointer, fc.array(fc.array(text))),
  "list of pairs": of("(list (tuple string (list u8)))", pointer, fc.array(fc.tuple(text, fc.uint8Array()))),
  record: of(
    '(record (field "x" u8) (field "the-name" string) (field "z" u64))',
    ["i32", ...pointer, "i64"],
    point,
  ),
  tuple: of(
    "(tuple u8 s64 bool)",
    ["i32", "i64", "i32"],
    fc.tuple(
      u8,
      u64.map((n) => BigInt.asIntN(64, n)),
      fc.boolean(),
    ),
  ),
  variant: of(
    '(variant (case "none") (case "small" u8) (case "single" f32) (case "double" f64) (case "long" u64) (case "named" string))',
    ["i32", "i64", "i32"],
    shape,
  ),
  enum: of('(enum "red" "HTTP-green" "b2")', i32, fc.constantFrom("red", "HTTP-green", "b2")),
  flags: of('(flags "a" "b-c" "d")', i32, fc.record({ a: fc.boolean(), bC: fc.boolean(), d: fc.boolean() })),
  "ten flags": of(
    `(flags ${Array.from({ length: 10 }, (_none, index) => `"f${index}"`).join(" ")})`,
    i32,
    fc.record(Object.fromEntries(Array.from({ length: 10 }, (_none, index) => [`f${index}`, fc.boolean()]))),
  ),
  option: of("(option string)", ["i32", ...pointer], fc.option(text, { nil: undefined })),
  "option of an option": of(
    "(option (option u8))",
    ["i32", "i32", "i32"],
    fc.oneof(tagged("none"), tagged("some", fc.option(u8, { nil: undefined }))),
  ),
  "list of options": of("(list (option u8))", pointer, fc.array(fc.option(u8, { nil: undefined }))),
  "list of results": of(
    "(list (result u64 (error string)))",
    pointer,
    fc.array(fc.oneof(tagged("ok", u64), tagged("err", text))),
  ),
  "more than sixteen core values": of(
    `(tuple ${Array.from({ length: 9 }, () => "string").join(" ")})`,
    Array.from({ length: 18 }, () => "i32"),
    fc.array(text, { minLength: 9, maxLength: 9 }),
  ),
};
