/** Templates over application variables (crates/expressions/src/template.rs): `{{ name }}`, no escapes, no nesting. */
import { SpinError } from "../errors/index.ts";

export type TemplatePart = { text: string } | { variable: string };

/** Cuts a template into text and variables; ERR_SPIN_TEMPLATE_UNMATCHED for a `{{` without its `}}`. */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let rest = template;
  for (;;) {
    const open = rest.indexOf("{{");
    if (open === -1) break;
    const close = rest.indexOf("}}", open + 2);
    if (close === -1) {
      throw new SpinError("ERR_SPIN_TEMPLATE_UNMATCHED", `The template "${template}" has "{{" without "}}".`);
    }
    if (open > 0) parts.push({ text: rest.slice(0, open) });
    parts.push({ variable: rest.slice(open + 2, close).trim() });
    rest = rest.slice(close + 2);
  }
  if (rest !== "") parts.push({ text: rest });
  return parts;
}

export function isTemplate(text: string): boolean {
  return text.includes("{{");
}

/** Variables that a template names, in order. */
export function templateVariables(template: string): string[] {
  return parseTemplate(template).flatMap((part) => ("variable" in part ? [part.variable] : []));
}

/** The text of a template. `lookup` throws for a variable that has no value. */
export function resolveTemplate(template: string, lookup: (variable: string) => string): string {
  return parseTemplate(template)
    .map((part) => ("variable" in part ? lookup(part.variable) : part.text))
    .join("");
}
