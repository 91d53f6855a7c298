import type { Reader } from "../../../model/wasm/reader.ts";
import { unsupported } from "../unsupported.ts";
import type { CanonOptions, Definition, Encoding } from "./definitions.ts";

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
      if (code > 0x42) throw reader.malformed(`has a canonical function of the unknown kind ${code}`);
      throw unsupported("asynchronous functions (WASI 0.3)");
  }
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
    } else if (code === 0x06 || code === 0x07) throw unsupported("asynchronous functions (WASI 0.3)");
    else throw reader.malformed(`has a canonical option of the unknown kind ${code}`);
  }
  return { encoding: "utf8", ...options };
}

function expectZero(reader: Reader): void {
  if (reader.byte() !== 0) throw reader.malformed("lifts or lowers something else than a function");
}
