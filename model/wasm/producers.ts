import { isSpinError } from "../errors/index.ts";
import type { Reader } from "./reader.ts";

/** Adds what a custom section named "producers" says (tool-conventions ProducersSection.md); others are skipped. */
export function readProducers(section: Reader, producers: Record<string, string[]>): void {
  if (section.name() !== "producers") return;
  try {
    for (let fields = section.count(); fields > 0; fields--) {
      const field = section.name();
      const values: string[] = [];
      for (let left = section.count(); left > 0; left--)
        values.push(`${section.name()} ${section.name()}`.trim());
      if (Object.hasOwn(fieldNames, field)) producers[field] = values;
    }
  } catch (error) {
    // Custom sections never make a binary invalid: a damaged one only tells us nothing.
    if (!isSpinError(error)) throw error;
  }
}

const fieldNames = { language: true, "processed-by": true, sdk: true };
