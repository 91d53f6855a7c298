/** Where the keys and values of a TOML text stand, by their paths: to point at what an issue is about. */
import { pathParts } from "./path.ts";
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

export interface Places {
  /** Where the key, table or item of a path stands: `component.api.files[0].source`. */
  get(path: string): Place | undefined;
  /** The same, or of the nearest table or list around what is not there. */
  nearest(path: string): Place | undefined;
}

/**
 * The places of a text that the parser has read, found when they are asked for: the text may have more paths than
 * memory would hold, where each of many keys stands below one long header.
 */
export function tomlPositions(text: string): Places {
  const { root } = tomlTree(text);
  const place = placeIn(text);
  const placeOf = (node: Node): Place | undefined =>
    node === root ? undefined : place(node.key, valueSpan(node));
  return {
    get(path) {
      const { node, isWhole } = walk(root, path);
      return isWhole ? placeOf(node) : undefined;
    },
    nearest: (path) => placeOf(walk(root, path).node),
  };
}

/** As far down a path as the tree goes. */
function walk(root: Node, path: string): { node: Node; isWhole: boolean } {
  let node = root;
  for (const part of pathParts(path)) {
    const next = below(node, part);
    if (next === undefined) return { node, isWhole: false };
    node = next;
  }
  return { node, isWhole: true };
}

function below(node: Node, part: string | number): Node | undefined {
  if (node.kind === "scalar") return undefined;
  if (node.kind === "table") return node.members.get(String(part));
  return typeof part === "number" ? node.items[part] : undefined;
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
