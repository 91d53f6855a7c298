import { edit } from "../manifest/edit/index.ts";
import { schemaLine } from "../manifest/synthesize.ts";
import type { Manifest } from "../manifest/types.ts";
import { isTable, pathParts, readToml, tomlPositions } from "../toml/index.ts";
import { convertToVersion2 } from "./convert.ts";
import type { Edit, Fix } from "./finding.ts";

/**
 * The text of a spin.toml with these changes made: comments and order stay. All are of one examination of this text.
 * Throws ERR_SPIN_MANIFEST_TOML for what is no TOML.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  const edits = fixes.flatMap((fix) => fix.edits);
  const versioned = withVersion(text, edits);
  const result = edits.some((it) => "convert" in it)
    ? convertToVersion2(versioned)
    : withValues(versioned, edits);
  const isAsked = edits.some((it) => "schemaLine" in it) && !/^#:schema\s/m.test(result);
  return isAsked ? withSchemaLine(result) : result;
}

/** The blank lines and comments before everything else. */
function headOf(text: string): string {
  return /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(text)?.[0] ?? "";
}

/** The other tools want the line first. */
function withSchemaLine(text: string): string {
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  return `${schemaLine}${lineBreak}${text}`;
}

/** No manifest is known yet, so the text itself is changed. */
function withVersion(text: string, edits: readonly Edit[]): string {
  const version = edits.flatMap((it) => ("version" in it ? [it.version] : [])).at(0);
  if (version === undefined) return text;
  const value = JSON.stringify(version);
  const places = tomlPositions(text);
  const place = places.get("spin_manifest_version") ?? places.get("spin_version");
  if (place === undefined) {
    const head = headOf(text);
    return `${head}spin_manifest_version = ${value}\n${text.slice(head.length)}`;
  }
  return text.slice(0, place.value[0]) + value + text.slice(place.value[1]);
}

type Path = (string | number)[];
type Step = [path: Path, value: unknown];

/** First what is set, then what is removed: so that an item that changes is still known as the one with its comment. */
function withValues(text: string, edits: readonly Edit[]): string {
  const set = edits.flatMap((it): Step[] => ("set" in it ? [[pathParts(it.set), it.value]] : []));
  const gone = edits.flatMap((it): Step[] => ("remove" in it ? [[pathParts(it.remove), removed]] : []));
  return [set, gone].filter((steps) => steps.length > 0).reduce(withSteps, text);
}

function withSteps(text: string, steps: readonly Step[]): string {
  const data = readToml(text, "ERR_SPIN_MANIFEST_TOML", "The manifest");
  // What is removed keeps its place until all is done, so that the indexes of all paths stay right.
  const marked = steps.reduce<unknown>((value, [path, to]) => changed(value, path, to), data);
  return edit(text, swept(marked) as Manifest);
}

const removed = Symbol("removed");

/** A value with another one at a path; where there is nothing any more, nothing changes. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value) && typeof key === "number")
    return value.map((item: unknown, index) => (index === key ? changed(item, rest, to) : item));
  if (!isTable(value) || typeof key !== "string") return value;
  if (!Object.hasOwn(value, key) && rest.length > 0) return value;
  const own = Object.hasOwn(value, key) ? value[key] : undefined;
  return Object.fromEntries([
    ...Object.entries(value).filter(([name]) => name !== key),
    [key, changed(own, rest, to)],
  ]);
}

/** Without what is marked; a list that loses its last item goes, too. */
function swept(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.filter((item) => item !== removed).map(swept);
    return items.length === 0 && value.length > 0 ? removed : items;
  }
  if (!isTable(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, swept(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== removed));
}
