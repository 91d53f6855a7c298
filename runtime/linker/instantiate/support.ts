/** What generated code calls; see emit/. */
import { Trap, WitError } from "../../wasi/wit-error.ts";
import type { HostImports } from "../../wasi/offer.ts";

export { Trap, WitError };
export { borrowed, HandleTable } from "./handle-table.ts";
export { GuestResource } from "./guest-resource.ts";
export * from "./text.ts";

/** Bytes, or what takes as many, that one call may make the host read: a guest can point to the same text many times. */
export const fuel = 128 * 1024 * 1024 + 65_536;

/** A view that says of itself that it has to be made anew. */
export const noBytes = new Uint8Array();

export function bufferOf(memory: ArrayBuffer): Buffer {
  return Buffer.from(memory);
}

export function cannotLeave(): Trap {
  return new Trap("cannot leave component instance");
}

export function cannotEnter(): Trap {
  return new Trap("cannot enter component instance");
}

export function cannotWait(): Trap {
  return new Trap("a guest waited where it cannot: while it was made, or in a destructor");
}

export function isDead(cause: unknown): Trap {
  return new Trap("cannot enter component instance: it failed before", { cause });
}

export function misaligned(): Trap {
  return new Trap("a pointer is not aligned");
}

export function outOfBounds(): Trap {
  return new Trap("a value reaches beyond the memory");
}

export function tooLong(): Trap {
  return new Trap("a list is too long");
}

export function tooMuch(): Trap {
  return new Trap(`one call passes more than ${fuel} bytes`);
}

export function badDiscriminant(found: number): Trap {
  return new Trap(`invalid variant discriminant ${found >>> 0}`);
}

export function borrowsLeft(): Trap {
  return new Trap("borrow handles still remain at the end of the call");
}

/** A fault of the host: it returned no case of the type. */
export function noCase(tag: unknown): TypeError {
  return new TypeError(`${JSON.stringify(tag)} is none of the cases of the WIT type`);
}

/** Whatever ends a guest is an error. */
export function trapOf(error: unknown): Error {
  if (error instanceof Error) return error;
  if (error instanceof WitError) return new Trap("a host function failed that cannot fail in WIT");
  return new Trap(String(error));
}

/** There is one NaN (CanonicalABI.md: canonicalize_nan). */
export function oneNaN(value: number): number {
  return value === value ? value : NaN;
}

export function oneNaNEach<Numbers extends { length: number; [index: number]: number }>(
  values: Numbers,
): Numbers {
  for (let index = 0; index < values.length; index++)
    if (values[index] !== values[index]) values[index] = NaN;
  return values;
}

export function liftChar(code: number): string {
  if (code >= 0x11_0000 || (code >= 0xd800 && code <= 0xdfff))
    throw new Trap(`invalid char 0x${code.toString(16)}`);
  return String.fromCodePoint(code);
}

export function lowerChar(text: string): number {
  const code = text.codePointAt(0);
  if (code === undefined || (code >= 0xd800 && code <= 0xdfff))
    throw new TypeError("a WIT char is one code point");
  return code;
}

const scratch = new DataView(new ArrayBuffer(8));

export function f32OfBits(bits: number): number {
  scratch.setInt32(0, bits);
  return scratch.getFloat32(0);
}

export function f64OfBits(bits: bigint): number {
  scratch.setBigInt64(0, bits);
  return scratch.getFloat64(0);
}

export function bitsOfF32(value: number): number {
  scratch.setFloat32(0, value);
  return scratch.getInt32(0);
}

export function bitsOfF64(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigInt64(0);
}

/** The host's object is told that its last owner is gone. */
export function dispose(value: unknown): void {
  (value as Partial<Disposable> | undefined)?.[Symbol.dispose]?.();
}

/** As a result of the WIT type `result`: the ok value, or the error thrown. */
export function unwrap(result: { tag: "ok" | "err"; val: unknown }): unknown {
  if (result.tag === "ok") return result.val;
  // oxlint-disable-next-line no-throw-literal -- see WitError
  throw new WitError(result.val);
}

/**
 * A function or class that the host offers; what it does not offer traps when it is called. Only what the host wrote is
 * found, never what JavaScript gives every object and class: `constructor` would lead a guest to `Function`.
 */
export function hostItem(host: HostImports, from: string, name: string, method?: string): unknown {
  const offered = Object.hasOwn(host, from) ? host[from] : undefined;
  const found = offered !== undefined && Object.hasOwn(offered, name) ? offered[name] : undefined;
  if (method === undefined) return typeof found === "function" ? found : missing(`${from}#${name}`);
  const hasMethod = typeof found === "function" && isWritten(found, method, Function.prototype);
  return hasMethod ? found : { [method]: missing(`${from}#${name}.${method}`) };
}

/** `undefined` when the class of a resource has that method; else a function that traps. */
export function missingMethod(
  host: HostImports,
  from: string,
  name: string,
  method: string,
): (() => never) | undefined {
  const offered = Object.hasOwn(host, from) ? host[from] : undefined;
  const found = offered !== undefined && Object.hasOwn(offered, name) ? offered[name] : undefined;
  const isThere =
    typeof found === "function" && isWritten(found.prototype as object, method, Object.prototype);
  return isThere ? undefined : missing(`${from}#${name}.${method}`);
}

function isWritten(object: object, method: string, end: object): boolean {
  if (method === "constructor") return false;
  for (
    let at: object | null = object;
    at !== null && at !== end;
    at = Object.getPrototypeOf(at) as object | null
  )
    if (Object.hasOwn(at, method)) return typeof (at as Record<string, unknown>)[method] === "function";
  return false;
}

/** May be called with `new`. */
function missing(what: string): () => never {
  return function () {
    throw new Trap(`this host does not offer ${what.replace(/^#/, "")}`);
  };
}
