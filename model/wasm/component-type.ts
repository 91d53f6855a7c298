import { isSpinError } from "../errors/index.ts";
import { readExternName } from "./component-section.ts";
import { expectPreamble } from "./preamble.ts";
import type { Reader } from "./reader.ts";

const exportSection = 11;

/**
 * The world that a custom section `component-type…` of a module encodes as a component: its export has the world's name,
 * without the package. `undefined` when it cannot be read, since custom sections never make a binary invalid.
 */
export function readWorldName(content: Reader): string | undefined {
  try {
    expectPreamble(content, "component");
    while (!content.isAtEnd) {
      const id = content.byte();
      const section = content.section(content.u32());
      if (id === exportSection && section.count() > 0) return readExternName(section);
    }
  } catch (error) {
    if (!isSpinError(error)) throw error;
  }
  return undefined;
}
