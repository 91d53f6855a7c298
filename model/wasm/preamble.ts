/** The first 8 bytes: `\0asm`, a version and a layer, 16 bits each (component-model, design/mvp/Binary.md). */
import { SpinError } from "../errors/index.ts";
import type { Reader } from "./reader.ts";

type Kind = "component" | "module";

export const preambleSize = 8;

/** What a file is; ERR_SPIN_WASM_MAGIC for what is no WebAssembly, ERR_SPIN_WASM_VERSION for another version of it. */
export function readPreamble(bytes: Uint8Array): Kind {
  if (!hasMagic(bytes) || bytes.length < preambleSize) throw notWasm(bytes);
  return kindOf(bytes);
}

/** Skips the preamble of what is nested; anything but the expected kind is ERR_SPIN_WASM_MALFORMED. */
export function expectPreamble(nested: Reader, expected: Kind): void {
  const bytes = nested.slice(preambleSize);
  if (!hasMagic(bytes) || kindOf(bytes) !== expected)
    throw nested.malformed(`holds something else where a ${expected} belongs`);
}

function hasMagic(bytes: Uint8Array): boolean {
  return bytes[0] === 0x00 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

function kindOf(bytes: Uint8Array): Kind {
  const [version, layer] = [uint16(bytes, 4), uint16(bytes, 6)];
  if (version === 1 && layer === 0) return "module";
  if (version === 13 && layer === 1) return "component";
  const message = `The WebAssembly binary is of version ${version}, layer ${layer}; expected a module (1, 0) or a component (13, 1).`;
  throw new SpinError("ERR_SPIN_WASM_VERSION", message);
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100;
}

function notWasm(bytes: Uint8Array): SpinError {
  const said = (found: string): string => `The file is no WebAssembly binary: ${found}.`;
  if (bytes.length === 0) return new SpinError("ERR_SPIN_WASM_MAGIC", said("it is empty"));
  if (beginsAsWasmText(bytes)) {
    const hint =
      "Assemble it first, for example `wasm-tools parse app.wat -o app.wasm`, and name the result.";
    return new SpinError("ERR_SPIN_WASM_MAGIC", said("it holds WebAssembly text"), { hint });
  }
  if (beginsAsText(bytes)) return new SpinError("ERR_SPIN_WASM_MAGIC", said("it holds text"));
  const found = hasMagic(bytes) ? "it is cut off in its first 8 bytes" : "it does not begin with \\0asm";
  return new SpinError("ERR_SPIN_WASM_MAGIC", said(found));
}

/** Blanks and comments, then `(module` or `(component`. */
function beginsAsWasmText(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /^(?:\s|;;[^\n]*\n|\(;(?:[^;]|;(?!\)))*;\))*\(\s*(?:module|component)(?![\w.-])/.test(head);
}

function beginsAsText(bytes: Uint8Array): boolean {
  return bytes
    .subarray(0, 64)
    .every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
