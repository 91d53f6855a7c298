import type { WasmMemory, WasmSummary, WasmWorldItems } from "../model/wasm/index.ts";

/** What a binary says about itself, for a person. */
export function describeBinary(summary: WasmSummary): string {
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
  ]
    .map(printable)
    .join("\n");
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
