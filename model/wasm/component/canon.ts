import type { Reader } from "../reader.ts";
import type { CanonOptions, Definition, Encoding } from "./definitions.ts";
import { readResult } from "./type.ts";

export function readCanon(reader: Reader): Definition {
  const code = reader.byte();
  switch (code) {
    case 0x00: {
      expectZero(reader);
      const func = reader.u32();
      const options = readOptions(reader);
      return { kind: "lift", func, options, type: reader.u32() };
    }
    case 0x01:
      expectZero(reader);
      return { kind: "lower", func: reader.u32(), options: readOptions(reader) };
    case 0x02:
      return { kind: "resource.new", type: reader.u32() };
    case 0x03:
      return { kind: "resource.drop", type: reader.u32() };
    case 0x04:
      return { kind: "resource.rep", type: reader.u32() };
    default:
      skipAsynchronous(code, reader);
      return { kind: "async canon" };
  }
}

/** What stands behind the number of a built-in: bytes that are flags or types, then indices, then options. */
const immediates: Readonly<Record<number, string>> = {
  0x05: "",
  0x06: "b",
  0x09: "ro",
  0x0a: "bi",
  0x0b: "bi",
  0x0c: "b",
  0x0d: "",
  0x0e: "i",
  0x0f: "io",
  0x10: "io",
  0x11: "ib",
  0x12: "ib",
  0x13: "i",
  0x14: "i",
  0x15: "i",
  0x16: "io",
  0x17: "io",
  0x18: "ib",
  0x19: "ib",
  0x1a: "i",
  0x1b: "i",
  0x1c: "o",
  0x1d: "o",
  0x1e: "",
  0x1f: "",
  0x20: "bi",
  0x21: "bi",
  0x22: "",
  0x23: "",
  0x24: "",
  0x25: "",
  0x26: "",
  0x27: "ii",
  0x28: "",
  0x29: "b",
  0x2a: "b",
  0x2b: "b",
  0x2c: "b",
  0x2d: "b",
  0x40: "bi",
  0x41: "bii",
  0x42: "b",
};

const skips: Readonly<Record<string, (reader: Reader) => unknown>> = {
  b: (reader) => reader.byte(),
  i: (reader) => reader.u32(),
  o: readOptions,
  r: readResult,
};

function skipAsynchronous(code: number, reader: Reader): void {
  const parts = immediates[code];
  if (parts === undefined) throw reader.malformed(`has a canonical function of the unknown kind ${code}`);
  for (const part of parts) skips[part]?.(reader);
}

const encodings: readonly Encoding[] = ["utf8", "utf16", "latin1+utf16"];
const indexed = { 0x03: "memory", 0x04: "realloc", 0x05: "postReturn" } as const;

function readOptions(reader: Reader): CanonOptions {
  const options: Partial<CanonOptions> = {};
  for (let left = reader.count(); left > 0; left--) {
    const code = reader.byte();
    const encoding = encodings[code];
    if (encoding !== undefined) {
      if (options.encoding !== undefined) throw reader.malformed("has two string encodings for one function");
      options.encoding = encoding;
    } else if (code === 0x03 || code === 0x04 || code === 0x05) {
      const option = indexed[code];
      if (options[option] !== undefined) throw reader.malformed(`has the option ${option} twice`);
      options[option] = reader.u32();
    } else if (code === 0x06 || code === 0x07) {
      options.isAsync = true;
      if (code === 0x07) reader.u32();
    } else throw reader.malformed(`has a canonical option of the unknown kind ${code}`);
  }
  return { encoding: "utf8", ...options };
}

function expectZero(reader: Reader): void {
  if (reader.byte() !== 0) throw reader.malformed("lifts or lowers something else than a function");
}
