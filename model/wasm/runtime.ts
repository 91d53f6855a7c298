import type { Found, Producers } from "./found.ts";
import type { WasmRuntime } from "./summary.ts";

/** Tools and languages by their names in producers sections, without versions. */
const runtimes = new Map<string, WasmRuntime>([
  ["ComponentizeJS", "javascript"],
  ["StarlingMonkey", "javascript"],
  ["JavaScript", "javascript"],
  ["componentize-py", "python"],
  ["Python", "python"],
]);

/** componentize-py (0.25) signs no producers section; its runtime is a library that is linked by this name. */
const pythonLibrary = "libcomponentize_py_runtime";

/** The language runtime in a binary whose tool chain imports everything, whatever the program uses. */
export function runtimeOf(merged: Producers, outermost: Found): WasmRuntime | undefined {
  for (const tools of merged.values()) {
    for (const tool of tools) {
      const [name = ""] = tool.split(" ", 1);
      const runtime = runtimes.get(name);
      if (runtime !== undefined) return runtime;
    }
  }
  return linksPython(outermost) ? "python" : undefined;
}

function linksPython({ exports, modules, components }: Found): boolean {
  for (const name of exports.keys()) if (name.startsWith(pythonLibrary)) return true;
  return modules.some(linksPython) || components.some(linksPython);
}
