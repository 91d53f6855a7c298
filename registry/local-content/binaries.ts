/** The binaries of a manifest that lie on this machine, read but not run. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isSpinError } from "../../model/errors/index.ts";
import {
  type Binaries,
  type Binary,
  type BinarySource,
  binarySources,
} from "../../model/inspection/index.ts";
import type { Manifest } from "../../model/manifest/index.ts";
import { inspectWasm } from "../../model/wasm/index.ts";

/** Never throws for what is not there or no binary: that is what the answer says. Each file is read once. */
export async function readBinaries(manifest: Manifest, root: string): Promise<Binaries> {
  const known = new Map<string, Promise<Binary>>();
  const binaryOf = ({ file }: BinarySource): Promise<Binary> => {
    if (file === undefined) return Promise.resolve({ state: "elsewhere" });
    const read = known.get(file) ?? readBinary(resolve(root, file));
    known.set(file, read);
    return read;
  };
  const sources = binarySources(manifest);
  const read: [string, Binary][] = [];
  // One after the other: binaries may be large, and only their summaries are kept.
  for (const source of sources) read.push([source.path, await binaryOf(source)]);
  return new Map(read);
}

async function readBinary(file: string): Promise<Binary> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return { state: "missing" };
  try {
    return { state: "read", summary: inspectWasm(bytes) };
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return { state: "malformed", code: error.code, message: error.message, hint: error.hint };
  }
}
