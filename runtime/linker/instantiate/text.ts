/** Strings in a guest's memory (CanonicalABI.md: loading and storing strings). */
import { isUtf8 } from "node:buffer";
import { Trap } from "../../wasi/wit-error.ts";

/** CanonicalABI.md: MAX_STRING_BYTE_LENGTH. */
const mostBytes = 2 ** 28 - 1;
/** Below, a loop is faster than a call of the engine. */
const short = 24;
const utf16Tag = 0x8000_0000;

export function liftUtf8(bytes: Uint8Array, buffer: Buffer, at: number, length: number): string {
  checkRange(bytes, at, length);
  if (length <= short) {
    const text = shortAscii(bytes, at, length);
    if (text !== undefined) return text;
  }
  const end = at + length;
  if (!isUtf8(bytes.subarray(at, end))) throw new Trap("a string is no UTF-8");
  return buffer.toString("utf8", at, end);
}

export function liftUtf16(bytes: Uint8Array, buffer: Buffer, at: number, units: number): string {
  if (at % 2 !== 0) throw new Trap("a string is not aligned");
  checkRange(bytes, at, units * 2);
  const text = buffer.toString("utf16le", at, at + units * 2);
  if (!text.isWellFormed()) throw new Trap("a string is no UTF-16");
  return text;
}

export function liftLatin1OrUtf16(bytes: Uint8Array, buffer: Buffer, at: number, tagged: number): string {
  if (tagged >= utf16Tag) return liftUtf16(bytes, buffer, at, tagged - utf16Tag);
  if (at % 2 !== 0) throw new Trap("a string is not aligned");
  checkRange(bytes, at, tagged);
  return buffer.toString("latin1", at, at + tagged);
}

export function sizeUtf8(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** Writes and returns the length as the guest counts it: here, and in the next two. */
export function writeUtf8(bytes: Uint8Array, buffer: Buffer, text: string, at: number, size: number): number {
  if (size === text.length && size <= short) {
    for (let index = 0; index < size; index++) bytes[at + index] = text.charCodeAt(index);
  } else if (size > 0) buffer.write(text, at, size, "utf8");
  return size;
}

export function sizeUtf16(text: string): number {
  return text.length * 2;
}

export function writeUtf16(
  _bytes: Uint8Array,
  buffer: Buffer,
  text: string,
  at: number,
  size: number,
): number {
  if (size > 0) buffer.write(text.toWellFormed(), at, size, "utf16le");
  return size / 2;
}

export function sizeLatin1OrUtf16(text: string): number {
  return isLatin1(text) ? text.length : text.length * 2;
}

export function writeLatin1OrUtf16(
  bytes: Uint8Array,
  buffer: Buffer,
  text: string,
  at: number,
  size: number,
): number {
  if (size === text.length) {
    if (size > 0) buffer.write(text, at, size, "latin1");
    return size;
  }
  return writeUtf16(bytes, buffer, text, at, size) + utf16Tag;
}

/** `undefined` when it is not ASCII. */
function shortAscii(bytes: Uint8Array, at: number, length: number): string | undefined {
  let text = "";
  for (let index = at; index < at + length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte > 127) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

function isLatin1(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- Latin-1 begins with the controls
  return /^[\u0000-\u00ff]*$/.test(text);
}

function checkRange(bytes: Uint8Array, at: number, size: number): void {
  if (size > mostBytes) throw new Trap("a string is too long");
  if (at + size > bytes.length) throw new Trap("a string reaches beyond the memory");
}
