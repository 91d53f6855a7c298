import { issue } from "../../errors/index.ts";
import { partsOf } from "../../inspection/parts.ts";
import type { Manifest } from "../../manifest/types.ts";
import { variablesIn } from "../../review/rights.ts";
import { pathTo } from "../../toml/index.ts";
import { findingOf } from "../finding.ts";
import type { Check } from "../subject.ts";

/** Variables that no template names. */
export const unusedVariables: Check = ({ manifest }) => {
  const used = new Set(textsOf(manifest).flatMap(variablesIn));
  return Object.entries(manifest.variables ?? {}).flatMap(([name, { required = false }]) => {
    if (used.has(name)) return [];
    const path = pathTo("variables", name);
    const message = `The variable "${name}" is declared, and no component, host or trigger names it.`;
    return [
      findingOf(issue("ERR_SPIN_VARIABLE_UNUSED", path, message, { severity: "warning" }), {
        why: required
          ? "Everyone who runs the application must give it a value, for nothing."
          : "Whoever sets it expects that something changes.",
        fix: { title: `remove the variable ${name}`, edits: [{ remove: path }] },
      }),
    ];
  });
};

/** All texts that may be templates. */
function textsOf(manifest: Manifest): string[] {
  const components = partsOf(manifest).flatMap(({ component }) => [
    ...Object.values(component.variables ?? {}),
    ...(component.allowed_outbound_hosts ?? []),
  ]);
  return [...components, ...textsIn(manifest.application.trigger), ...textsIn(manifest.trigger)];
}

/** Plugins decide which of their settings are templates. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
