import { kindsUsing } from "../capability/uses.ts";
import { byCodeUnit } from "../json.ts";
import type { CapabilityChange } from "./types.ts";

/** What binaries import, by component id; a component whose binary is not at hand is left out. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Imports that other binaries gained: what a component could ask for, were it granted. */
export function diffImports(base: Imports, head: Imports): CapabilityChange[] {
  return [...head].flatMap(([component, imports]): CapabilityChange[] => {
    const old = base.get(component);
    const gained = imports.filter((name) => old !== undefined && !old.includes(name)).sort(byCodeUnit);
    if (gained.length === 0) return [];
    const kinds = [...new Set(gained.flatMap(kindsUsing))].filter(
      (kind) => !old?.some((it) => kindsUsing(it).includes(kind)),
    );
    const what = kinds.map((kind) => words[kind]).join(", ");
    const why =
      what === ""
        ? `The component "${component}" has another binary, which imports more of the same.`
        : `The component "${component}" has another binary, which can now use ${what}, as far as that is granted.`;
    const risk = what === "" ? "low" : "medium";
    return [{ change: "added", risk, why, component, kind: "import", before: [], after: gained }];
  });
}

const words: Record<ReturnType<typeof kindsUsing>[number], string> = {
  "outbound-host": "outbound hosts",
  "key-value-store": "key-value stores",
  "sqlite-database": "SQLite databases",
  "ai-model": "AI models",
  file: "files",
  variable: "variables",
};
