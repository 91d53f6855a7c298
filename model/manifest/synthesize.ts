/**
 * A manifest as text: the schema line first, tables in the order a person reads them, lists of more than one entry a
 * line each. Equal manifests give equal bytes, whatever order the keys of their tables were set in.
 */
import { byCodeUnit } from "../json.ts";
import type { Manifest } from "./types.ts";

const schemaLine = "#:schema https://schemas.spinframework.dev/spin/manifest-v2/latest.json";

export function synthesize(manifest: Manifest): string {
  const { application, variables = {}, trigger, component = {} } = manifest;
  const blocks = [
    [schemaLine, "spin_manifest_version = 2"],
    ["[application]", ...members(application, order.application)],
    ...(Object.keys(variables).length === 0 ? [] : [["[variables]", ...members(inOrder(variables, order.variable))]]),
    ...Object.entries(trigger).flatMap(([type, triggers]) =>
      triggers.map((settings) => [`[[trigger.${keyText(type)}]]`, ...members(settings, order.trigger)]),
    ),
    ...Object.entries(component).flatMap(([id, settings]) => {
      const { build, ...rest } = settings;
      const table = `component.${keyText(id)}`;
      return [
        [`[${table}]`, ...members(rest, order.component)],
        ...(build === undefined ? [] : [[`[${table}.build]`, ...members(build, order.build)]]),
      ];
    }),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function members(table: object): string[] {
  return Object.entries(table)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${keyText(key)} = ${valueText(value)}`);
}

function keyText(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoted(key);
}

function valueText(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return listText(value);
  if (typeof value !== "object" || value === null) return String(value);
  const inner = Object.entries(value).filter(([, member]) => member !== undefined);
  if (inner.length === 0) return "{}";
  return `{ ${inner.map(([key, member]) => `${keyText(key)} = ${inline(member)}`).join(", ")} }`;
}

/** An inline table must not break its line. */
function inline(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(inline).join(", ")}]` : valueText(value);
}

function listText(values: unknown[]): string {
  if (values.length < 2) return `[${values.map(inline).join("")}]`;
  return `[\n${values.map((value) => `  ${inline(value)},\n`).join("")}]`;
}

/** TOML basic string: JSON's escapes are TOML's, but DEL must be escaped too, and lone surrogates cannot be written. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll("\u007f", "\\u007f");
}
