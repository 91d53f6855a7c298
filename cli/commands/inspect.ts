import { readFile } from "node:fs/promises";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import { inspectWasm, type WasmSummary } from "../../model/wasm/index.ts";
import type { Command } from "../command.ts";

export const inspect: Command = {
  name: "inspect",
  usage: "FILE.wasm",
  summary: "Shows what a WebAssembly binary imports and exports, without running it.",
  arguments: 1,
  async run({ arguments: [file = ""] }) {
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new SpinError("ERR_SPIN_COMPONENT_MISSING", `${file} cannot be read.`, {
        cause,
        hint: "Give the path of a .wasm file.",
      });
    });
    const { kind, sizeBytes, imports, exports, producers } = inspected(bytes, file);
    const list = (title: string, names: string[]): string[] => [title, ...names.map((name) => `  ${name}`)];
    const made = Object.values(producers).flat().join(", ");
    const text = [
      `${kind}, ${sizeBytes} bytes`,
      ...(made === "" ? [] : [`made by ${made}`]),
      ...list("imports", imports),
      ...list("exports", exports),
    ];
    return { data: { kind, sizeBytes, imports, exports, producers }, text: text.join("\n") };
  },
};

function inspected(bytes: Uint8Array, file: string): WasmSummary {
  try {
    return inspectWasm(bytes);
  } catch (error) {
    if (!isSpinError(error)) throw error;
    throw new SpinError(error.code, `${file}: ${error.message}`, { hint: error.hint, cause: error });
  }
}
