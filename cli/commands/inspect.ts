import { readFile } from "node:fs/promises";
import { isSpinError, SpinError } from "../../model/errors/index.ts";
import {
  inspectWasm,
  type WasmMemory,
  type WasmSummary,
  type WasmWorldItems,
} from "../../model/wasm/index.ts";
import type { Command } from "../command.ts";

export const inspect: Command = {
  name: "inspect",
  usage: "FILE.wasm",
  summary: "Shows what a WebAssembly binary imports, exports and holds, without running it.",
  arguments: 1,
  async run({ arguments: [file = ""] }) {
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new SpinError("ERR_SPIN_COMPONENT_MISSING", `${file} cannot be read.`, {
        cause,
        hint: "Give the path of a .wasm file.",
      });
    });
    const summary = inspected(bytes, file);
    return { data: summary, text: describe(summary).join("\n") };
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

function describe(summary: WasmSummary): string[] {
  const { kind, sizeBytes, runtime, producers, imports, exports, world } = summary;
  const made = Object.values(producers).flat().join(", ");
  const part = (it: { sizeBytes: number }, importCount: number, exportCount: number): string =>
    `${it.sizeBytes} bytes, imports ${importCount}, exports ${exportCount}`;
  return [
    `${kind}, ${sizeBytes} bytes`,
    ...(made === "" ? [] : [`made by ${made}`]),
    ...(runtime === undefined ? [] : [`runs ${runtime}, which imports everything, used or not`]),
    ...list("imports", withKinds(imports, world?.imports)),
    ...list("exports", withKinds(exports, world?.exports)),
    ...some("made for the world", summary.componentTypes),
    ...some("memory", summary.memories.filter(({ isImported }) => !isImported).map(memoryText)),
    ...some(
      "modules",
      summary.modules.map((it) => part(it, it.importCount, it.exportCount)),
    ),
    ...some(
      "components",
      summary.components.map((it) => part(it, it.imports.length, it.exports.length)),
    ),
    ...some(
      "custom sections",
      summary.customSections.map((it) => `${it.name}, ${it.sizeBytes} bytes`),
    ),
  ].map(printable);
}

function list(title: string, lines: string[]): string[] {
  return [title, ...lines.map((line) => `  ${line}`)];
}

function some(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : list(title, lines);
}

/** Names with what they are, where that is no interface. */
function withKinds(names: string[], items: WasmWorldItems | undefined): string[] {
  const kinds = new Map([
    ...(items?.functions ?? []).map((name) => [name, "function"] as const),
    ...(items?.instances ?? []).map((name) => [name, "instance"] as const),
    ...(items?.types ?? []).map((name) => [name, "type"] as const),
    ...(items?.others ?? []).map((name) => [name, "not in WIT"] as const),
  ]);
  return names.map((name) => (kinds.has(name) ? `${name} (${kinds.get(name)})` : name));
}

function memoryText({ minimumPages, maximumPages, is64, isShared, pageSizeBytes }: WasmMemory): string {
  const most = maximumPages === undefined ? "no maximum" : `${maximumPages} at most`;
  const traits = [...(is64 ? ["64 bits"] : []), ...(isShared ? ["shared"] : [])];
  const pages = `${minimumPages} ${minimumPages === 1 ? "page" : "pages"}`;
  return [`${pages} of ${pageSizeBytes ?? 65_536} bytes`, most, ...traits].join(", ");
}

/** Names come from the file: what would steer a terminal is shown as its number. */
function printable(line: string): string {
  return line.replaceAll(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
