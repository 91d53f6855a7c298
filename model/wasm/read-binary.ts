import { readComponentSection } from "./component-section.ts";
import { readCustomSection } from "./custom-section.ts";
import { type Found, nothingFound } from "./found.ts";
import type { Limits } from "./limits.ts";
import { readModuleSection } from "./module-section.ts";
import { expectPreamble, preambleSize } from "./preamble.ts";
import type { Reader } from "./reader.ts";

/** Sections of a component that hold a whole binary. */
const nestedKinds = new Map([
  [1, "module"],
  [4, "component"],
] as const);

/** Reads the sections behind a preamble. */
export function readBinary(kind: Found["kind"], reader: Reader, limits: Limits, depth = 0): Found {
  limits.enter(depth);
  const found = nothingFound(kind, preambleSize + reader.left, limits);
  while (!reader.isAtEnd) {
    const id = reader.byte();
    const section = reader.section(reader.u32());
    if (id === 0) readCustomSection(section, found);
    else if (kind === "module") readModuleSection(id, section, found);
    else if (!readNested(id, section, found, depth + 1)) readComponentSection(id, section, found);
  }
  return found;
}

function readNested(id: number, section: Reader, found: Found, depth: number): boolean {
  const kind = nestedKinds.get(id as 1 | 4);
  if (kind === undefined) return false;
  expectPreamble(section, kind);
  const nested = readBinary(kind, section, found.limits, depth);
  (kind === "module" ? found.modules : found.components).push(nested);
  return true;
}
