import { renderColumns, visible } from "../columns.ts";
import type { CapabilityRow } from "./join.ts";
import type { CapabilityKind } from "./uses.ts";

const uses: Record<CapabilityRow["used"], string> = {
  imported: "yes, imported",
  "never imported": "no, never imported: remove it",
  "not granted": "could ask, is refused",
  unknown: "known once built",
};

/** What a component may do, by kind: with a value, and without a grant. */
const deeds: Record<CapabilityKind, [verb: string, none: string]> = {
  "outbound-host": ["call", "(call no host)"],
  "key-value-store": ["open key-value store", "(open no key-value store)"],
  "sqlite-database": ["open SQLite database", "(open no SQLite database)"],
  "ai-model": ["run AI model", "(run no AI model)"],
  file: ["read files", "(read no files)"],
  variable: ["read variable", "(read no variable)"],
};

/** The capability table as plain text: component · may do · used? */
export function renderCapabilities(rows: readonly CapabilityRow[]): string {
  if (rows.length === 0) return "No component may do anything but answer.\n";
  const cells = rows.map(({ component, kind, value, used }, index) => {
    const [verb, none] = deeds[kind];
    const isFirst = rows[index - 1]?.component !== component;
    const deed = value === "" ? none : `${verb} ${visible(value)}`;
    return [isFirst ? visible(component) : "", deed, uses[used]];
  });
  return renderColumns([["component", "may do", "used?"], ...cells]);
}
