import { SpinError } from "../errors/index.ts";
import { byCodeUnit } from "../json.ts";
import { readComponentSection } from "./component-section.ts";
import { readModuleSection } from "./module-section.ts";
import { readProducers } from "./producers.ts";
import { Reader } from "./reader.ts";
import type { Found, WasmSummary } from "./summary.ts";

const magic = 0x6d73_6100;
// Binary.md: a component's version field is 0x0d with layer 1; a core module's is 1 with layer 0.
const componentPreamble = 0x0001_000d;
const modulePreamble = 0x0000_0001;

/**
 * Reads what a binary imports and exports without running it, in time that follows the number of its sections: nested
 * modules and components are skipped. Throws ERR_SPIN_WASM_*.
 */
export function inspectWasm(bytes: Uint8Array): WasmSummary {
  const isComponent = readPreamble(bytes) === componentPreamble;
  const found: Found = {
    imports: new Set(),
    exports: new Set(),
    producers: {},
    coreModules: isComponent ? 0 : 1,
  };
  const reader = new Reader(bytes, 8);
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const section = reader.section(reader.u32());
    if (id === 0) readProducers(section, found.producers);
    else if (isComponent) readComponentSection(id, section, found);
    else readModuleSection(id, section, found);
  }
  return {
    kind: isComponent ? "component" : "module",
    imports: [...found.imports].sort(byCodeUnit),
    exports: [...found.exports].sort(byCodeUnit),
    producers: found.producers,
    sizeBytes: bytes.length,
    coreModules: found.coreModules,
  };
}

function readPreamble(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== magic) {
    const found =
      bytes.length === 0
        ? "it is empty"
        : beginsAsText(bytes)
          ? "it holds text"
          : "it does not begin with \\0asm";
    throw new SpinError("ERR_SPIN_WASM_MAGIC", `The file is no WebAssembly binary: ${found}.`);
  }
  const preamble = view.getUint32(4, true);
  if (preamble === componentPreamble || preamble === modulePreamble) return preamble;
  const [version, layer] = [view.getUint16(4, true), view.getUint16(6, true)];
  const message = `The WebAssembly binary is of version ${version}, layer ${layer}; expected a module (1, 0) or a component (13, 1).`;
  throw new SpinError("ERR_SPIN_WASM_VERSION", message);
}

function beginsAsText(bytes: Uint8Array): boolean {
  return bytes
    .subarray(0, 64)
    .every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
