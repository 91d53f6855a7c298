import { join, u32 } from "../../wasm/bytes.ts";

/** Binary.md of the component model: the preamble, and the sections by their numbers. */
const preamble = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00);

export const sectionIds = {
  coreModule: 1,
  coreInstance: 2,
  component: 4,
  instance: 5,
  alias: 6,
  type: 7,
  canon: 8,
  import: 10,
  export: 11,
} as const;

type SectionId = (typeof sectionIds)[keyof typeof sectionIds];

/** Sorts of definitions that have an index space, by their bytes. */
export const sorts = {
  "core func": [0x00, 0x00],
  "core memory": [0x00, 0x02],
  "core module": [0x00, 0x11],
  func: [0x01],
  type: [0x03],
  component: [0x04],
  instance: [0x05],
} as const satisfies Record<string, readonly number[]>;

export type EncodedSort = keyof typeof sorts | "core instance";

/** Writes the definitions of a component, one after another. */
export class ComponentWriter {
  readonly #parts: Uint8Array[] = [preamble];
  readonly #counts = new Map<EncodedSort, number>();
  #open: { id: SectionId; definitions: number[]; count: number } | undefined;

  /** Adds a definition to a section, and returns the index that it has in the space of its sort. */
  define(id: SectionId, sort: EncodedSort, bytes: readonly number[]): number {
    if (this.#open?.id !== id) {
      this.#close();
      this.#open = { id, definitions: [], count: 0 };
    }
    for (const byte of bytes) this.#open.definitions.push(byte);
    this.#open.count++;
    return this.#next(sort);
  }

  /** Adds a whole binary. */
  embed(sort: "core module" | "component", binary: Uint8Array): number {
    this.#close();
    const id = sort === "component" ? sectionIds.component : sectionIds.coreModule;
    this.#parts.push(Uint8Array.from([id, ...u32(binary.length)]), binary);
    return this.#next(sort);
  }

  finish(): Uint8Array {
    this.#close();
    return join(this.#parts);
  }

  #next(sort: EncodedSort): number {
    const index = this.#counts.get(sort) ?? 0;
    this.#counts.set(sort, index + 1);
    return index;
  }

  #close(): void {
    if (this.#open === undefined) return;
    const { id, definitions, count } = this.#open;
    const content = Uint8Array.from(u32(count).concat(definitions));
    this.#parts.push(Uint8Array.from([id, ...u32(content.length)]), content);
    this.#open = undefined;
  }
}
