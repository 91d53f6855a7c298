/** Where the keys and values of a TOML text stand, by their paths: to point at what an issue is about. */
import { pathAt, pathTo } from "./path.ts";
import type { Span } from "./reader.ts";
import { type Node, type TableNode, tomlTree, valueOf } from "./tree.ts";

export interface Place {
  /** Of the key, from 1. */
  line: number;
  /** Of the key, from 1, in code units. */
  column: number;
  /** Offsets of the key's last part; for an item of a list, of the item. */
  key: Span;
  /**
   * Offsets of the value. A table or an array of tables that is no single value has its first header with the pairs
   * below, or its first pair.
   */
  value: Span;
}

/** More than the parser lets values nest; only dotted keys reach further. */
const deepest = 2000;

/**
 * Place by path (`component.api.files[0].source`) for every key, table and item of a text that the parser has read.
 * Takes as long as the text and the paths are; what lies more than 2000 tables and lists deep is left out.
 */
export function tomlPositions(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const place = placeIn(text);
  const visit = (node: Node, path: string, depth: number): void => {
    if (path !== "") places.set(path, place(node.key, valueSpan(node)));
    if (depth === deepest || node.kind === "scalar") return;
    if (node.kind === "table")
      for (const [key, member] of node.members) visit(member, pathTo(path, key), depth + 1);
    else for (const [index, item] of node.items.entries()) visit(item, pathAt(path, index), depth + 1);
  };
  visit(tomlTree(text).root, "", 0);
  return places;
}

function placeIn(text: string): (key: Span, value: Span) => Place {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (key, value) => {
    const line = lineOf(starts, key[0]);
    return { line, column: key[0] - (starts[line - 1] ?? 0) + 1, key, value };
  };
}

/** How many lines start at or before an offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function valueSpan(node: Node): Span {
  const value = valueOf(node);
  if (value !== undefined) return value.span;
  if (node.kind !== "tables") return node.kind === "table" ? tableSpan(node) : node.key;
  const [first] = node.items;
  return first === undefined ? node.key : tableSpan(first);
}

function tableSpan({ how, key }: TableNode): Span {
  switch (how.form) {
    case "section": {
      const { span, pairs } = how.section;
      return [span[0], pairs.at(-1)?.value.span[1] ?? span[1]];
    }
    case "implicit":
      return how.first.span;
    case "dotted":
      return [how.first.keys[0]?.span[0] ?? key[0], how.first.value.span[1]];
    case "inline":
      return how.value.span;
  }
}
