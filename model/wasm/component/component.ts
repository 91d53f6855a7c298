import { createLimits, type Limits } from "../limits.ts";
import { expectPreamble } from "../preamble.ts";
import { Reader } from "../reader.ts";
import { readAlias } from "./alias.ts";
import { readCanon } from "./canon.ts";
import { readCoreModule } from "./core-module.ts";
import { skipCoreType } from "./core-type.ts";
import type { ComponentDefinition, Definition } from "./definitions.ts";
import { readExport, readImport } from "./extern.ts";
import { readCoreInstance, readInstance } from "./instance.ts";
import { readTypeDefinition } from "./type.ts";

/**
 * Reads a component and whatever is nested in it; code and data of its core modules are skipped. ERR_SPIN_WASM_* for what
 * is malformed or beyond every measure.
 */
export function parseComponent(bytes: Uint8Array): ComponentDefinition {
  return readComponent(new Reader(bytes), createLimits(), 0);
}

function readComponent(reader: Reader, limits: Limits, depth: number): ComponentDefinition {
  limits.enter(depth);
  expectPreamble(reader, "component");
  const definitions: Definition[] = [];
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const section = reader.section(reader.u32());
    if (id !== 0) readSection(id, section, definitions, limits, depth);
  }
  return { definitions };
}

type ReadDefinition = (section: Reader, limits: Limits, depth: number) => Definition;

/** Sections that hold a list of definitions, by their number. */
const lists: Readonly<Record<number, ReadDefinition>> = {
  2: readCoreInstance,
  3: (section) => {
    skipCoreType(section);
    return { kind: "core type" };
  },
  5: readInstance,
  6: readAlias,
  7: (section, limits, depth) => ({ kind: "type", type: readTypeDefinition(section, limits, depth) }),
  8: readCanon,
  10: readImport,
  11: readExport,
};

function readSection(
  id: number,
  section: Reader,
  definitions: Definition[],
  limits: Limits,
  depth: number,
): void {
  if (id === 1) {
    limits.enter(depth + 1);
    definitions.push({ kind: "core module", module: readCoreModule(section, limits) });
    return;
  }
  if (id === 4) {
    definitions.push({ kind: "component", component: readComponent(section, limits, depth + 1) });
    return;
  }
  if (id === 9 || id === 12) {
    definitions.push({ kind: "values" });
    return;
  }
  const read = lists[id];
  if (read === undefined) throw section.malformed(`has a section of the unknown kind ${id}`);
  for (let left = section.count(); left > 0; left--) {
    limits.keep();
    definitions.push(read(section, limits, depth));
  }
  section.expectEnd();
}
