import { readAlias } from "../../model/wasm/component/alias.ts";
import type { ExternType, TypeDefinition } from "../../model/wasm/component/definitions.ts";
import { readExport, readImport } from "../../model/wasm/component/extern.ts";
import { readTypeDefinition } from "../../model/wasm/component/type.ts";
import { createLimits } from "../../model/wasm/limits.ts";
import { expectPreamble } from "../../model/wasm/preamble.ts";
import { Reader } from "../../model/wasm/reader.ts";
import { readInterface } from "./interface-text.ts";

/** What a component imports of one interface, in the words of WIT. */
export interface ImportedInterface {
  /** As imported, for example `wasi:io/poll@0.2.3`. */
  interface: string;
  /** Types that WIT compares by name → what they are: `resource`, or for example `enum { red, blue }`. */
  types: ReadonlyMap<string, string>;
  /** Name, for example `[method]pollable.ready`, → type, for example `func(borrow<pollable>) -> bool`. */
  functions: ReadonlyMap<string, string>;
}

/** An entry of the component's index space of types: how others call it, and what it is where it was written. */
interface Entry {
  text: string | undefined;
  definition?: TypeDefinition;
}

const sections = { instance: 5, alias: 6, type: 7, import: 10, export: 11 } as const;
const read: readonly number[] = Object.values(sections);

/**
 * What a component imports, whether or not the linker can link it. Only the outermost component's imports are read, since
 * what is nested can only be given what that has. `undefined` when an import is no interface, or has a type that is not
 * written beside it. ERR_SPIN_WASM_* for what is malformed.
 */
export function importedInterfaces(bytes: Uint8Array): ImportedInterface[] | undefined {
  const reader = new Reader(bytes);
  const limits = createLimits();
  expectPreamble(reader, "component");
  const imports: ImportedInterface[] = [];
  const types: Entry[] = [];
  /** What the exported types of each instance are called by others. */
  const instances: ReadonlyMap<string, string | undefined>[] = [];
  const nothing = new Map<string, string>();
  const unnamed = () => types.push({ text: undefined });

  const addImport = (name: string, type: ExternType): boolean => {
    if (type.kind === "type") return unnamed() > 0;
    const declared = type.kind === "instance" ? types[type.type]?.definition : undefined;
    if (declared?.kind !== "instance type") return false;
    const texts = types.map(({ text }) => text);
    const { exported, ...found } = readInterface(name, declared.declarations, texts);
    instances.push(exported);
    imports.push({ interface: name, ...found });
    return true;
  };

  while (!reader.isAtEnd) {
    const id = reader.byte();
    const section = reader.section(reader.u32());
    if (!read.includes(id)) continue;
    for (let left = section.count(); left > 0; left--) {
      limits.keep();
      if (id === sections.instance) {
        // Instances of the component's own: their number counts, and their types are none of the host's.
        instances.push(...Array.from({ length: left }, () => nothing));
        break;
      }
      if (id === sections.type) {
        types.push({ text: undefined, definition: readTypeDefinition(section, limits, 0) });
      } else if (id === sections.alias) {
        const alias = readAlias(section);
        const text = alias.kind === "alias export" ? instances[alias.instance]?.get(alias.name) : undefined;
        if (alias.sort === "type") types.push({ text });
        else if (alias.sort === "instance") instances.push(nothing);
      } else if (id === sections.export) {
        const { sort } = readExport(section).item;
        if (sort === "type") unnamed();
        else if (sort === "instance") instances.push(nothing);
      } else {
        const { name, type } = readImport(section);
        if (!addImport(name, type)) return undefined;
      }
    }
  }
  return imports;
}
