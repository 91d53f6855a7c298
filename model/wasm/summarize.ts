import { byCodeUnit } from "../json.ts";
import type { Found, Producers } from "./found.ts";
import { addProducers } from "./producers.ts";
import { runtimeOf } from "./runtime.ts";
import type { WasmComponent, WasmMemory, WasmModule, WasmSummary } from "./summary.ts";
import { worldOf } from "./world.ts";

/** The outermost binary as callers see it. */
export function summarize(found: Found): WasmSummary {
  const producers: Producers = new Map();
  const memories: WasmMemory[] = [];
  merge(found, producers, memories);
  const runtime = runtimeOf(producers, found);
  const isComponent = found.kind === "component";
  const { imports, exports, modules, components, sizeBytes } = componentOf(found);
  return {
    kind: found.kind,
    sizeBytes,
    producers: plain(producers),
    ...(runtime !== undefined && { runtime }),
    imports,
    exports,
    ...(isComponent && { world: worldOf(found) }),
    componentTypes: found.componentTypes,
    memories,
    coreModules: isComponent ? modules.length : 1,
    modules,
    components,
    customSections: found.customSections,
  };
}

/** Adds what a binary and everything in it say, the outer before the inner. */
function merge(found: Found, producers: Producers, memories: WasmMemory[]): void {
  for (const [field, tools] of found.producers) addProducers(producers, field, tools);
  for (const memory of found.memories) memories.push(memory);
  for (const nested of [...found.modules, ...found.components]) merge(nested, producers, memories);
}

function componentOf(found: Found): WasmComponent {
  return {
    sizeBytes: found.sizeBytes,
    imports: [...found.imports.keys()].sort(byCodeUnit),
    exports: [...found.exports.keys()].sort(byCodeUnit),
    modules: found.modules.map(moduleOf),
    components: found.components.map(componentOf),
    producers: plain(found.producers),
  };
}

function moduleOf({ sizeBytes, importCount, exportCount, memories, producers }: Found): WasmModule {
  return { sizeBytes, importCount, exportCount, memories, producers: plain(producers) };
}

function plain(producers: Producers): Record<string, string[]> {
  return Object.fromEntries([...producers].map(([field, tools]) => [field, [...tools]]));
}
