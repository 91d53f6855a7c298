import { digestOf } from "../../digest.ts";
import { list, name, u32 } from "../../wasm/bytes.ts";
import type { ImportPool } from "../import-pool.ts";
import { namesIn, type Part } from "../part.ts";
import type { Instance, Item } from "../types/types.ts";
import { ImportWriter } from "./import-writer.ts";
import { ComponentWriter, sectionIds, sorts } from "./sections.ts";

type Instances = ReadonlyMap<Part, Instance>;

export function exportsOf(instances: Instances, part: Part): ReadonlyMap<string, Item> {
  return instances.get(part)?.exports ?? new Map<string, Item>();
}

export function exportOf(instances: Instances, { part, name: exported }: { part: Part; name: string }): Item {
  const item = exportsOf(instances, part).get(exported);
  if (item === undefined) throw new Error(`no export ${exported}`);
  return item;
}

/** Writes parts as one component. */
export class PartWriter {
  readonly #writer = new ComponentWriter();
  readonly #pool: ImportPool;
  readonly #instances: Instances;
  readonly #imports: ImportWriter;
  /** By digest: equal binaries are embedded once. */
  readonly #components = new Map<string, number>();
  readonly #indices = new Map<Part, number>();
  readonly #aliases = new Map<string, number>();

  constructor(pool: ImportPool, instances: Instances) {
    this.#pool = pool;
    this.#instances = instances;
    this.#imports = new ImportWriter(this.#writer, pool);
  }

  write(parts: readonly Part[], outermost: Part, exports: readonly string[]): Uint8Array {
    for (const wanted of this.#pool.imports) this.#imports.write(wanted);
    for (const part of parts) this.#indices.set(part, this.#instance(part));
    const aliases = exports.map((exported) => this.#alias(outermost, exported));
    for (const [index, exported] of exports.entries()) {
      const { sort, at } = aliases[index] ?? { sort: "func", at: 0 };
      const bytes = [0x00, ...name(exported), ...sorts[sort], ...u32(at), 0x00];
      this.#writer.define(sectionIds.export, sort, bytes);
    }
    return this.#writer.finish();
  }

  #instance(part: Part): number {
    const component = this.#component(part.bytes);
    const args = namesIn(part, "import").map((imported) => {
      const { sort, at } = this.#argument(part, imported);
      return [...name(imported), ...sorts[sort], ...u32(at)];
    });
    const bytes = [0x00, ...u32(component), ...list(args)];
    return this.#writer.define(sectionIds.instance, "instance", bytes);
  }

  #argument(part: Part, imported: string): { sort: keyof typeof sorts; at: number } {
    const arg = part.args.get(imported);
    if (arg !== undefined) return this.#alias(arg.part, arg.name);
    const found = this.#pool.find(imported);
    if (found === undefined) throw new Error(`no import ${imported}`);
    return { sort: found.item.sort, at: this.#imports.write(found) };
  }

  #component(bytes: Uint8Array): number {
    const digest = digestOf(bytes);
    const index = this.#components.get(digest) ?? this.#writer.embed("component", bytes);
    this.#components.set(digest, index);
    return index;
  }

  #alias(part: Part, exported: string): { sort: keyof typeof sorts; at: number } {
    const { sort } = exportOf(this.#instances, { part, name: exported });
    const instance = this.#indices.get(part) ?? 0;
    const key = `${instance} ${exported}`;
    let at = this.#aliases.get(key);
    if (at === undefined) {
      const bytes = [...sorts[sort], 0x00, ...u32(instance), ...name(exported)];
      at = this.#writer.define(sectionIds.alias, sort, bytes);
      this.#aliases.set(key, at);
    }
    return { sort, at };
  }
}
