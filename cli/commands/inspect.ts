import { readFile } from "node:fs/promises";
import { SpinError } from "../../model/errors/index.ts";
import { inspectWasm } from "../../model/wasm/index.ts";
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
    const { kind, sizeBytes, imports, exports, producers } = inspectWasm(bytes);
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
