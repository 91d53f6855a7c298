import { createLimits } from "../../model/wasm/limits.ts";
import { expectPreamble } from "../../model/wasm/preamble.ts";
import { Reader } from "../../model/wasm/reader.ts";
import { readAlias } from "../../model/wasm/component/alias.ts";
import type { TypeDefinition } from "../../model/wasm/component/definitions.ts";
import { readExport, readImport } from "../../model/wasm/component/extern.ts";
import { readTypeDefinition } from "../../model/wasm/component/type.ts";

export interface ImportedFunctions {
  /** As imported, for example `wasi:io/poll@0.2.3`. */
  interface: string;
  /** As in the WIT, for example `[method]pollable.block`. */
  functions: string[];
}

const sections = { alias: 6, type: 7, import: 10, export: 11 } as const;

/**
 * What a component imports from each interface, whether or not the linker can link it. Only the outermost component's
 * imports are read, since what is nested can only be given what that has. `undefined` when an import is no interface, or has
 * a type that is not written beside it. ERR_SPIN_WASM_* for what is malformed.
 */
export function importedFunctions(bytes: Uint8Array): ImportedFunctions[] | undefined {
  const reader = new Reader(bytes);
  const limits = createLimits();
  expectPreamble(reader, "component");
  const types: (TypeDefinition | undefined)[] = [];
  const imports: ImportedFunctions[] = [];
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const section = reader.section(reader.u32());
    if (id !== sections.alias && id !== sections.type && id !== sections.import && id !== sections.export)
      continue;
    for (let left = section.count(); left > 0; left--) {
      limits.keep();
      if (id === sections.type) types.push(readTypeDefinition(section, limits, 0));
      else if (id === sections.alias) {
        if (readAlias(section).sort === "type") types.push(undefined);
      } else if (id === sections.export) {
        if (readExport(section).item.sort === "type") types.push(undefined);
      } else {
        const { name, type } = readImport(section);
        if (type.kind === "type") {
          types.push(undefined);
          continue;
        }
        const declared = type.kind === "instance" ? types[type.type] : undefined;
        if (declared?.kind !== "instance type") return undefined;
        const functions = declared.declarations.flatMap((declaration) =>
          declaration.kind === "export" && declaration.type.kind === "func" ? [declaration.name] : [],
        );
        imports.push({ interface: name, functions });
      }
    }
  }
  return imports;
}
