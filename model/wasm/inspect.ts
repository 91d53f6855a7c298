import { SpinError } from "../errors/index.ts";
import { byCodeUnit } from "../json.ts";
import { readProducers } from "./producers.ts";
import { Reader } from "./reader.ts";

export interface WasmSummary {
  kind: "component" | "module";
  /** Names of the outermost imports: interfaces such as `wasi:http/types@0.2.10`; for a module `module#field`. Sorted. */
  imports: string[];
  exports: string[];
  /** Tool chains that made it: field (`language`, `processed-by`, `sdk`) → "name version". */
  producers: Record<string, string[]>;
  sizeBytes: number;
}

// Binary.md: a component's version field is 0x0d with layer 1; a core module's is 1 with layer 0.
const magic = 0x6d736100;
const componentPreamble = 0x0001_000d;
const modulePreamble = 0x0000_0001;

/** Reads what a binary imports and exports without running it: only section heads and the sections that matter. */
export function inspectWasm(bytes: Uint8Array): WasmSummary {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== magic) {
    throw new SpinError(
      "ERR_SPIN_WASM_MAGIC",
      "The file is no WebAssembly binary: it does not begin with \\0asm.",
    );
  }
  const preamble = view.getUint32(4, true);
  if (preamble !== componentPreamble && preamble !== modulePreamble) {
    throw new SpinError(
      "ERR_SPIN_WASM_VERSION",
      `The WebAssembly binary is of the unknown version 0x${preamble.toString(16)}.`,
    );
  }
  const isComponent = preamble === componentPreamble;
  const found = {
    imports: new Set<string>(),
    exports: new Set<string>(),
    producers: {} as Record<string, string[]>,
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
  };
}

interface Found {
  imports: Set<string>;
  exports: Set<string>;
}

function readComponentSection(id: number, section: Reader, { imports, exports }: Found): void {
  if (id !== 10 && id !== 11) return;
  for (let left = section.count(); left > 0; left--) {
    (id === 10 ? imports : exports).add(readExternName(section));
    if (id === 10) {
      skipExternDesc(section);
      continue;
    }
    skipSortIndex(section);
    if (section.byte() === 1) skipExternDesc(section);
  }
}

/** Names carry a leading byte: 0x00 and 0x01 plain, 0x02 followed by a list of attributes. */
function readExternName(section: Reader): string {
  const form = section.byte();
  if (form > 2) throw section.malformed(`has a name of the unknown form ${form}`);
  const name = section.name();
  if (form === 2) {
    for (let left = section.count(); left > 0; left--) {
      section.byte();
      section.name();
    }
  }
  return name;
}

/** externdesc: core module, function, value, type, component or instance. */
function skipExternDesc(section: Reader): void {
  const kind = section.byte();
  switch (kind) {
    case 0x00:
      section.byte();
      section.u32();
      return;
    case 0x01:
    case 0x04:
    case 0x05:
      section.u32();
      return;
    case 0x02:
    case 0x03:
      if (section.byte() === 0x00) section.u32();
      return;
    default:
      throw section.malformed(`describes an import of the unknown kind ${kind}`);
  }
}

function skipSortIndex(section: Reader): void {
  if (section.byte() === 0x00) section.byte();
  section.u32();
}

function readModuleSection(id: number, section: Reader, { imports, exports }: Found): void {
  if (id === 7) {
    for (let left = section.count(); left > 0; left--) {
      exports.add(section.name());
      section.byte();
      section.u32();
    }
  }
  if (id !== 2) return;
  for (let left = section.count(); left > 0; left--) {
    imports.add(`${section.name()}#${section.name()}`);
    skipImportDesc(section);
  }
}

function skipImportDesc(section: Reader): void {
  const kind = section.byte();
  if (kind > 4) throw section.malformed(`has an import of the unknown kind ${kind}`);
  if (kind === 1) section.byte();
  if (kind === 1 || kind === 2) {
    const flags = section.u32();
    section.u32();
    if ((flags & 1) === 1) section.u32();
  } else if (kind === 3) {
    section.byte();
    section.byte();
  } else {
    if (kind === 4) section.byte();
    section.u32();
  }
}
