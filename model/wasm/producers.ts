import { isSpinError } from "../errors/index.ts";
import type { Found, Producers } from "./found.ts";
import type { Reader } from "./reader.ts";

const fieldNames = new Set(["language", "processed-by", "sdk"]);

/** Adds what a custom section "producers" says (tool-conventions, ProducersSection.md), as far as it can be read. */
export function readProducers(section: Reader, { producers, limits }: Found): void {
  try {
    for (let fields = section.count(); fields > 0; fields--) {
      const field = section.name();
      const values: string[] = [];
      for (let left = section.count(); left > 0; left--) {
        limits.keep();
        values.push(`${section.name()} ${section.name()}`.trim());
      }
      if (fieldNames.has(field)) addProducers(producers, field, values);
    }
  } catch (error) {
    // Custom sections never make a binary invalid: a damaged one only tells us nothing.
    if (!isSpinError(error) || error.code === "ERR_SPIN_WASM_LIMIT") throw error;
  }
}

/** Each tool once, in the order in which they are found. */
export function addProducers(producers: Producers, field: string, tools: Iterable<string>): void {
  const known = producers.get(field) ?? new Set();
  for (const tool of tools) known.add(tool);
  producers.set(field, known);
}
