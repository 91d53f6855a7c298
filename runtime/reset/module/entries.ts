import { Reader } from "../../../model/wasm/reader.ts";
import { Writer } from "./writer.ts";

export type Part = number | string | Uint8Array | readonly number[];

/** Numbers as LEB128, texts as names, bytes as they are. */
export function encoded(...parts: readonly Part[]): Uint8Array {
  const entry = new Writer();
  for (const part of parts) {
    if (typeof part === "number") entry.u32(part);
    else if (typeof part === "string") entry.name(part);
    else entry.raw(part);
  }
  return entry.written();
}

/** Entries that are added at the end of sections, which are made where a module has none. */
export class AddedEntries {
  readonly #entries = new Map<number, Uint8Array[]>();

  add(section: number, ...parts: readonly Part[]): void {
    const entries = this.#entries.get(section) ?? [];
    entries.push(encoded(...parts));
    this.#entries.set(section, entries);
  }

  /** The content of a section with its new entries; `undefined` where it has none of either kind. */
  appendedTo(section: number, content: Uint8Array | undefined): Uint8Array | undefined {
    const entries = this.#entries.get(section);
    if (entries === undefined) return content;
    const reader = new Reader(content ?? Uint8Array.of(0));
    const whole = new Writer((content?.length ?? 0) + 256);
    whole.u32(reader.u32() + entries.length);
    if (content !== undefined) whole.raw(content.subarray(reader.offset));
    for (const entry of entries) whole.raw(entry);
    return whole.written();
  }
}
