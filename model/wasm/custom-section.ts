import type { Found } from "./found.ts";
import { readProducers } from "./producers.ts";
import type { Reader } from "./reader.ts";
import { readWorldName } from "./component-type.ts";

/** Notes a custom section, and reads what tool chains write about themselves in it. */
export function readCustomSection(section: Reader, found: Found): void {
  found.limits.keep();
  const name = section.name();
  found.customSections.push({ name, sizeBytes: section.left });
  if (name === "producers") readProducers(section, found);
  else if (found.kind === "module" && /^component-type(?:$|:)/.test(name))
    found.componentTypes.push(readWorldName(section) ?? name);
}
