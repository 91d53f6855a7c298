/** Instructions of WebAssembly as bytes, for guests that are made up. */

export type Code = readonly number[];

/** Unsigned LEB128. */
export function u32(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return [...bytes, rest];
}

/** Signed LEB128. */
export function s64(value: bigint): Code {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const isLast = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

export const i32Const = (value: number): Code => [0x41, ...s64(BigInt(value | 0))];
export const i64Const = (value: number): Code => [0x42, ...s64(BigInt(value))];
export const localGet = (index: number): Code => [0x20, ...u32(index)];
export const localSet = (index: number): Code => [0x21, ...u32(index)];
export const localTee = (index: number): Code => [0x22, ...u32(index)];
export const globalGet = (index: number): Code => [0x23, ...u32(index)];
export const globalSet = (index: number): Code => [0x24, ...u32(index)];
export const call = (index: number): Code => [0x10, ...u32(index)];

export function name(text: string): Code {
  const bytes = Buffer.from(text);
  return [...u32(bytes.length), ...bytes];
}

export function section(id: number, entries: readonly Code[]): Code {
  const content = [...u32(entries.length), ...entries.flat()];
  return [id, ...u32(content.length), ...content];
}

export function body(locals: Code, code: Code): Code {
  const content = [...locals, ...code, 0x0b];
  return [...u32(content.length), ...content];
}

export function module(...sections: readonly Code[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}
